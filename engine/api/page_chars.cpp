// PageText → ode_char.
#include "engine/api/page_chars.h"

#include <map>

#include "engine/base/utf8.h"
#include "engine/export/text/page.h"
#include "engine/text/hit_place.h"

namespace ode::api {
namespace {

class Collector {
 public:
  Collector(const display::DisplayList& list, text::PageText text) : list_(list), text_(std::move(text)) {}

  PageChars collected() && {
    for (const text::Block& block : text_.blocks) {
      for (std::uint32_t i = 0; i < block.line_count; ++i) add_line(block.first_line + i);
      ++block_;
    }
    return std::move(out_);
  }

 private:
  void add_line(std::uint32_t index) {
    const text::Line& line = text_.lines[index];
    bool in_word = false;
    for (std::uint32_t c = 0; c < line.clusters.size(); ++c) {
      const text::Cluster& cluster = line.clusters[c];
      const bool space = cluster.is_space();
      if (!space && !in_word) ++word_;
      in_word = !space;
      ode_char made{};
      made.size_pt = cluster.size;
      made.block = block_;
      made.line = static_cast<std::int32_t>(index);
      made.word = space ? -1 : word_;
      made.hyphenated = line.hyphenated ? 1 : 0;
      set_look(cluster, made);
      const text::Extent whole = text::extent_of_cluster(line, c);
      for (std::uint32_t part = 0; part < cluster.text.size(); ++part) {
        const text::Extent extent = text::extent_of_part(line, c, part, whole);
        made.quad = to_c(text::quad_of(line, extent.begin, extent.end));
        made.unicode = cluster.text[part];
        out_.chars.push_back(made);
      }
    }
  }

  void set_look(const text::Cluster& cluster, ode_char& made) {
    made.font = -1;
    made.color = 0x000000ff;
    if (cluster.command == text::Cluster::kGap) return;
    if (cluster.command != seen_command_) {
      seen_command_ = cluster.command;
      const exporter::TextStyle style = exporter::style_of(list_, cluster);
      std::string name;
      append_utf8(name, style.font);
      const auto [at, added] = fonts_.emplace(std::move(name), static_cast<std::int32_t>(out_.fonts.size()));
      if (added) out_.fonts.push_back(at->first);
      font_ = at->second;
      color_ = std::uint32_t{style.color.r} << 24 | std::uint32_t{style.color.g} << 16 |
               std::uint32_t{style.color.b} << 8 | (style.hidden ? 0u : 0xffu);
    }
    made.font = font_;
    made.color = color_;
  }

  const display::DisplayList& list_;
  text::PageText text_;
  PageChars out_;
  std::map<std::string, std::int32_t> fonts_;
  std::uint32_t seen_command_ = text::Cluster::kGap;
  std::int32_t font_ = -1, block_ = 0, word_ = -1;
  std::uint32_t color_ = 0;
};

}  // namespace

ode_quad to_c(const text::Quad& quad) {
  ode_quad out;
  for (int i = 0; i < 4; ++i) {
    out.x[i] = quad.p[i].x;
    out.y[i] = quad.p[i].y;
  }
  return out;
}

Result<PageChars> page_chars(Session& session, int page_index, const CancelFlag* cancel) {
  const auto list = ODE_TRY(session.record_text(page_index, cancel));
  return Collector(*list, ODE_TRY(session.page_text(page_index, cancel))).collected();
}

}  // namespace ode::api
