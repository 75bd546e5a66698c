// Pages that no program writes: what they cost grows with what they hold, not with its square. A test that
// takes minutes has found a square.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/text/page_text.h"
#include "engine/text/plain_text.h"

namespace ode::text {
namespace {

constexpr std::uint32_t kGlyphs = 1000000;

/// Glyph i of a page of so many, in one run or each in one of its own.
template <class Place>
display::DisplayList page_of(std::uint32_t count, bool one_run, Place place) {
  display::DisplayList list;
  list.bounds = {0, 0, 600, 800};
  list.fonts.emplace_back();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i == 0 || !one_run) {
      display::GlyphRun run;
      run.glyph_begin = i;
      run.page_from_em = Matrix::scale(10, 10);
      list.runs.push_back(run);
      display::DrawGlyphs draw{};
      draw.run = static_cast<std::uint32_t>(list.runs.size() - 1);
      list.commands.push_back(draw);
    }
    display::RunGlyph glyph;
    glyph.advance = 5;
    glyph.text_begin = i;
    glyph.text_length = 1;
    list.text.push_back(place(i, glyph));
    list.glyphs.push_back(glyph);
    ++list.runs.back().glyph_count;
  }
  return list;
}

std::size_t characters_of(const PageText& text) {
  std::size_t count = 0;
  for (const Line& line : text.lines) {
    for (const Cluster& cluster : line.clusters)
      count += cluster.command != Cluster::kGap && !cluster.is_space() ? 1 : 0;
  }
  return count;
}

TEST(HostileText, a_million_letters_on_one_line) {
  const auto list = page_of(kGlyphs, true, [](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = static_cast<float>(i) * 5;
    return U'a' + i % 26;
  });
  EXPECT_EQ(characters_of(page_text(list)), kGlyphs);
}

TEST(HostileText, a_million_strings_of_one_letter_at_one_point) {
  const auto list = page_of(kGlyphs, false, [](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = 50;
    return U'\u4e00' + i % 20000;
  });
  EXPECT_GT(characters_of(page_text(list)), 20000u);
}

TEST(HostileText, a_million_words_drawn_from_the_last_to_the_first) {
  const auto list = page_of(kGlyphs, false, [](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = static_cast<float>(kGlyphs - i) * 8;
    return U'a' + i % 26;
  });
  const PageText text = page_text(list);
  EXPECT_EQ(text.lines.size(), 1u);
  EXPECT_EQ(characters_of(text), kGlyphs);
}

TEST(HostileText, a_million_letters_of_both_directions_and_brackets) {
  const auto list = page_of(kGlyphs, true, [](std::uint32_t i, display::RunGlyph& glyph) {
    constexpr char32_t kText[] = {0x5d0, U'(', U'a', U')', U'1', U'-', 0x5b0, U')'};
    glyph.x = static_cast<float>(i) * 5;
    return kText[i % 8];
  });
  EXPECT_EQ(characters_of(page_text(list)), kGlyphs);
}

TEST(HostileText, a_million_accents_on_one_letter) {
  const auto list = page_of(kGlyphs, false, [](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = i == 0 ? 50 : 51 + static_cast<float>(i % 3) / 8;
    return i == 0 ? U'e' : U'\u00b4';
  });
  EXPECT_EQ(page_text(list).lines.size(), 1u);
}

TEST(HostileText, a_million_letters_under_each_other) {
  const auto list = page_of(kGlyphs, false, [](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = 50;
    glyph.y = -10.0f * static_cast<float>(i);
    return U'\u4e00' + i % 20000;
  });
  EXPECT_EQ(characters_of(page_text(list)), kGlyphs);
}

TEST(HostileText, places_that_are_no_numbers) {
  const float kNoNumbers[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                              -std::numeric_limits<float>::infinity(), 3e38f};
  auto list = page_of(1000, false, [&](std::uint32_t i, display::RunGlyph& glyph) {
    glyph.x = i % 5 < 4 ? kNoNumbers[i % 5] : 50;
    glyph.y = i % 3 == 0 ? kNoNumbers[i % 4] : 700;
    glyph.advance = i % 7 == 0 ? kNoNumbers[i % 4] : 5;
    return U'a' + i % 26;
  });
  list.runs[500].page_from_em = Matrix{std::nan(""), 0, 0, std::nan(""), 0, 0};
  list.runs[501].page_from_em = Matrix{1e308, 1e308, 1e308, 1e308, 0, 0};
  list.runs[502].page_from_em = Matrix{0, 0, 0, 0, 0, 0};
  for (const Line& line : page_text(list).lines) {
    EXPECT_TRUE(std::isfinite(line.begin) && std::isfinite(line.end) && std::isfinite(line.across) &&
                std::isfinite(line.size));
  }
  EXPECT_FALSE(plain_text(list).empty());
}

}  // namespace
}  // namespace ode::text
