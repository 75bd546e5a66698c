#include "engine/export/html/page.h"

#include <algorithm>

#include "engine/export/html/layers.h"
#include "engine/export/html/line.h"
#include "engine/export/markup.h"
#include "engine/export/svg/runs.h"
#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

/// The bounds of glyphs are a little generous.
constexpr double kClipSlack_pt = 0.5;

/// Whether HTML text shows the run as it is: plain colour, an outline font, upright writing, nothing cut off.
bool is_plain(const display::DisplayList& list, const display::DrawGlyphs& draw, const Items& items,
              const Item& item) {
  const display::GlyphRun& run = list.runs[draw.run];
  if (!draw.visible || draw.stroke_style != display::DrawGlyphs::kNoStroke || run.vertical) return false;
  if (draw.paint.kind != display::Paint::Kind::solid || draw.composite.blend != display::BlendMode::normal)
    return false;
  if (list.fonts[run.font].face == nullptr || !run.page_from_em.invertible()) return false;
  if (item.clip < 0) return true;
  const ClipNode& clip = items.clips[static_cast<std::size_t>(item.clip)];
  return clip.is_rect && holds(clip.bounds, draw.bounds, kClipSlack_pt);
}

class PageWriter {
 public:
  PageWriter(const display::DisplayList& list, const Screen& screen, int number, HtmlContext& context,
             Diagnostics& diagnostics)
      : list_(list),
        screen_(screen),
        context_(context),
        svg_{context.assets, context.render_patch, "p" + std::to_string(number) + "-"},
        places_(list.commands.size()),
        is_unsaid_(list.commands.size()),
        visibility_(list, context.visibilities) {
    svg_.visibilities = context.visibilities;
    writer_.emplace(list, screen.screen_from_page, svg_);
    for (std::uint32_t i = 0; i < places_.size(); ++i) {
      if (const std::string& classes = visibility_.classes(i); !classes.empty()) places_[i].classes = &classes;
    }
    svg_.embedded_images = &context.embedded_images;
    svg_.image_policy = context.image_policy;
    svg_.diagnostics = &diagnostics;
  }

  std::string written(const PageExtras& extras) {
    const Items items = items_of(list_, 0, static_cast<std::uint32_t>(list_.commands.size()));
    const std::vector<text::PageText> texts = texts_of(extras);
    for (const text::PageText& text : texts) mark_unsaid(text);
    for (const Item& item : items.items) place(items, item);
    std::string out;
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      if (!pictures_[i].body.empty() || (i == 0 && !svg_.defs.empty())) append_picture(out, i);
    }
    HtmlLines lines(list_, screen_.screen_from_page, screen_.height_pt, places_, extras.links, context_.fonts, context_.styles);
    for (const text::PageText& text : texts) lines.learn(text.lines);
    append_text(out, texts, extras, lines);
    for (std::size_t i = 0; i < extras.links.size(); ++i) {
      if (!lines.link_has_text(i)) append_link(out, extras.links[i], screen_.screen_from_page);
    }
    for (const pdf::FormField& field : extras.fields) append_field(out, field, screen_.screen_from_page);
    for (const pdf::Note& note : extras.notes) append_note(out, note, screen_.screen_from_page);
    append_anchors(out, extras.anchors);
    return out;
  }

 private:
  /// What shows at different times makes no common lines.
  std::vector<text::PageText> texts_of(const PageExtras& extras) const {
    if (!visibility_.any_hidden()) return {text::page_text(list_, extras.content, extras.language)};
    return {text::page_text(with_glyphs(list_, visibility_, false), extras.content, extras.language),
            text::page_text(with_glyphs(list_, visibility_, true), extras.content, extras.language)};
  }

  /// Glyphs that lines do not show are seen all the same: those of no line, and those that pass for spaces.
  void mark_unsaid(const text::PageText& page) {
    for (const text::Cluster& cluster : page.unsaid) mark_if_seen(cluster.command, list_.glyphs[cluster.glyph]);
    for (const text::Line& line : page.lines) {
      if (line.vertical) mark_vertical(line);
    }
    for (std::uint32_t i = 0; i < list_.commands.size(); ++i) {
      const auto* draw = std::get_if<display::DrawGlyphs>(&list_.commands[i]);
      if (draw == nullptr) continue;
      const display::GlyphRun& run = list_.runs[draw->run];
      for (const display::RunGlyph& glyph : std::span(list_.glyphs).subspan(run.glyph_begin, run.glyph_count)) {
        const auto text = std::span(list_.text).subspan(glyph.text_begin, glyph.text_length);
        if (!text.empty() && std::all_of(text.begin(), text.end(), text::is_white_space)) mark_if_seen(i, glyph);
      }
    }
  }

  /// Vertical lines of fonts for horizontal writing, too, are drawn and selected by transparent text.
  void mark_vertical(const text::Line& line) {
    for (const text::Cluster& cluster : line.clusters) {
      if (cluster.command != text::Cluster::kGap) is_unsaid_[cluster.command] = 1;
    }
  }

  void mark_if_seen(std::uint32_t command, const display::RunGlyph& glyph) {
    const auto& draw = std::get<display::DrawGlyphs>(list_.commands[command]);
    const std::shared_ptr<const fonts::Face>& face = list_.fonts[list_.runs[draw.run].font].face;
    if (face == nullptr || is_unsaid_[command]) return;
    const Rect ink = face->outline(glyph.glyph_id)->bounds();
    if (ink.width() > 0 && ink.height() > 0) is_unsaid_[command] = 1;
  }

  void place(const Items& items, const Item& item) {
    if (item.bounds.intersect(list_.bounds).empty()) return;
    const display::Command& command = list_.commands[item.first];
    if (const auto* draw = std::get_if<display::DrawGlyphs>(&command)) {
      if (!is_unsaid_[item.first] && is_plain(list_, *draw, items, item)) {
        places_[item.first].kind = TextKind::seen;
        places_[item.first].layer = layers_.add_text(item.bounds, list_.runs[draw->run].page_from_em.mean_scale());
        return;
      }
      if (!draw->visible) return;
    }
    const display::BlendMode blend = blend_of(command);
    const int layer = blend == display::BlendMode::normal ? layers_.add_picture(item.bounds) : layers_.add_blended(item.bounds, blend);
    if (pictures_.size() <= static_cast<std::size_t>(layer))
      pictures_.resize(static_cast<std::size_t>(layer) + 1);
    writer_->add(pictures_[static_cast<std::size_t>(layer)], items, item);
  }

  /// Blocks are paragraphs, unless the document's structure says what they are.
  static void append_text(std::string& out, const std::vector<text::PageText>& texts, const PageExtras& extras,
                          HtmlLines& lines) {
    std::vector<TaggedPiece> pieces;
    for (const text::PageText& text : texts) add_pieces(text, lines, pieces);
    const bool structured = extras.tags != nullptr && std::any_of(pieces.begin(), pieces.end(), [](const TaggedPiece& p) { return p.owner >= 0; });
    if (structured) extras.tags->add_pictures(pieces, extras.content);
    TagWriter writer(structured ? extras.tags : nullptr, out);
    for (const TaggedPiece& piece : pieces) writer.add(piece);
    writer.finish();
  }

  static void add_pieces(const text::PageText& page, HtmlLines& lines, std::vector<TaggedPiece>& pieces) {
    for (const text::Block& block : page.blocks) {
      const text::Line& first = page.lines[block.first_line];
      TaggedPiece piece{first.owner, first.rank, {}};
      for (std::uint32_t i = 0; i < block.line_count; ++i) lines.add(page.lines[block.first_line + i], piece.html);
      pieces.push_back(std::move(piece));
    }
  }

  void append_picture(std::string& out, std::size_t layer) {
    SvgWriter::close(pictures_[layer]);
    out += "<svg aria-hidden=true viewBox=\"0 0 ";
    append_number(out, screen_.width_pt);
    out += ' ';
    append_number(out, screen_.height_pt);
    out += "\"";
    std::string style;
    append_blend(style, layers_.blend(static_cast<int>(layer)));
    append_layer(style, static_cast<int>(layer));
    if (!style.empty()) out += " style=\"" + style + "\"";
    out += ">";
    if (!svg_.defs.empty()) out += "<defs>" + svg_.defs + "</defs>";
    svg_.defs.clear();
    out += merge_runs(pictures_[layer].body) + "</svg>\n";
  }

  const display::DisplayList& list_;
  const Screen& screen_;
  HtmlContext& context_;
  SvgContext svg_;
  std::optional<SvgWriter> writer_;
  Layers layers_;
  std::vector<SvgLayer> pictures_;
  std::vector<TextPlace> places_;
  std::vector<char> is_unsaid_;  ///< of each command
  CommandVisibility visibility_;
};

}  // namespace

std::string html_page(const display::DisplayList& list, const Screen& screen, int number,
                      const PageExtras& extras, HtmlContext& context, Diagnostics& diagnostics) {
  return PageWriter(list, screen, number, context, diagnostics).written(extras);
}

std::string svg_page(const display::DisplayList& list, const Screen& screen, Assets& assets,
                     const PatchRenderer& render_patch, Diagnostics& diagnostics) {
  SvgContext context{assets, render_patch, "o"};
  context.diagnostics = &diagnostics;
  SvgWriter writer(list, screen.screen_from_page, context);
  const std::string body = merge_runs(writer.all());
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"";
  append_number(out, screen.width_pt);
  out += "pt\" height=\"";
  append_number(out, screen.height_pt);
  out += "pt\" viewBox=\"0 0 ";
  append_number(out, screen.width_pt);
  out += ' ';
  append_number(out, screen.height_pt);
  return out + "\"><defs>" + context.defs + "</defs>" + body + "</svg>\n";
}

}  // namespace ode::exporter
