// Damaged programs: whatever the bytes, opening fails or drawing gives some path; nothing crashes.
#include <gtest/gtest.h>

#include <cstdint>

#include "engine/fonts/face.h"
#include "engine/fonts/test_sfnt.h"
#include "engine/platform/file.h"

namespace ode::fonts {
namespace {

// A fixed sequence (Knuth's MMIX generator), so a failure can be had again.
class Sequence {
 public:
  std::uint32_t next() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<std::uint32_t>(state_ >> 33);
  }

 private:
  std::uint64_t state_ = 42;
};

/// Opens and asks for everything; returns how many glyphs had an outline.
int exercise(std::string_view program) {
  const auto opened = Face::open(testing::bytes_of(program));
  if (!opened) return 0;
  const Face& face = **opened;
  int drawn = 0;
  for (std::uint32_t glyph = 0; glyph < 64; ++glyph) {
    drawn += face.outline(glyph)->empty() ? 0 : 1;
    face.advance(glyph);
  }
  face.glyph_of_name("A");
  face.glyph_of_cid(17);
  for (std::uint32_t code = 0; code < 256; ++code) {
    face.glyph_of_unicode(code);
    face.glyph_of_builtin_code(code);
    face.glyph_of_code(3, 1, code);
    face.glyph_of_code(1, 0, code);
  }
  return drawn;
}

class DamagedPrograms : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    auto bytes = platform::map_file(GetParam());
    if (!bytes) GTEST_SKIP() << GetParam();
    program_ = std::string(as_chars(bytes->view()));
    ASSERT_GT(exercise(program_), 0);
  }
  std::string program_;
};

TEST_P(DamagedPrograms, CutShortTheyNeverCrash) {
  for (std::size_t part = 1; part < 40; ++part) exercise(program_.substr(0, program_.size() * part / 40));
  for (std::size_t size = 0; size < 64; ++size) exercise(program_.substr(0, size));
}

TEST_P(DamagedPrograms, WithFlippedBitsTheyNeverCrash) {
  Sequence sequence;
  for (int round = 0; round < 60; ++round) {
    std::string damaged = program_;
    // Half the rounds spoil the front, where the directories are.
    const std::size_t range = round % 2 == 0 ? damaged.size() : std::min<std::size_t>(damaged.size(), 2048);
    for (int i = 0; i < 20; ++i)
      damaged[sequence.next() % range] ^= static_cast<char>(1u << sequence.next() % 8);
    exercise(damaged);
  }
}

INSTANTIATE_TEST_SUITE_P(Fonts, DamagedPrograms,
                         ::testing::Values(ODE_FONT_PACK_DIR "/NimbusMonoPS-Regular.otf",
                                           ODE_FONT_PACK_DIR "/StandardSymbolsPS.otf",
                                           ODE_FONT_PACK_DIR "/DejaVuSans.ttf",
                                           "/usr/share/fonts/type1/urw-base35/StandardSymbolsPS.t1"));

}  // namespace
}  // namespace ode::fonts
