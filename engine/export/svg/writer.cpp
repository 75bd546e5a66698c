// Items, clips and groups. Paints are in svg/paint.cpp, images and patches in svg/image.cpp.
#include "engine/export/svg/writer.h"

#include <cmath>

#include "engine/export/markup.h"
#include "engine/export/svg/path.h"

namespace ode::exporter {
namespace {

constexpr double kClipSlack_pt = 0.01;
constexpr int kDepthMax = 24;  ///< of patterns in patterns, masks in masks
constexpr const char* kBlendNames[] = {"normal",     "multiply",   "screen",      "overlay",
                                       "darken",     "lighten",    "color-dodge", "color-burn",
                                       "hard-light", "soft-light", "difference",  "exclusion",
                                       "hue",        "saturation", "color",       "luminosity"};

Rect bounds_of_command(const display::Command& command) {
  return std::visit(
      [](const auto& c) -> Rect {
        if constexpr (requires { c.bounds; }) return c.bounds;
        return {};
      },
      command);
}

/// Whether a shape has no area in the decimals it is written with: pictures made of thousands of slices are.
bool rounds_to_nothing(const Rect& bounds) {
  const auto written = [](double v) { return std::round(v * 100); };
  return written(bounds.x0) == written(bounds.x1) || written(bounds.y0) == written(bounds.y1);
}

}  // namespace

void SvgWriter::append_composite(std::string& out, const display::Composite& composite) {
  if (composite.alpha < 1) append_attribute(out, "opacity", composite.alpha, 3);
  if (composite.blend == display::BlendMode::normal) return;
  out += " style=\"";
  append_blend(out, composite.blend);
  out += '"';
}

void append_blend(std::string& out, display::BlendMode blend) {
  if (blend == display::BlendMode::normal) return;
  out += "mix-blend-mode:";
  out += kBlendNames[static_cast<int>(blend)];
}

display::BlendMode blend_of(const display::Command& command) {
  return std::visit(
      [](const auto& c) {
        if constexpr (requires { c.composite; }) return c.composite.blend;
        return display::BlendMode::normal;
      },
      command);
}

void SvgWriter::add(SvgLayer& layer, const Items& items, const Item& item) {
  if (item.bounds.empty() || depth_ > kDepthMax) return;
  const std::vector<int> clips = clips_of(items, item);
  const display::BlendMode blend = blend_of(list_.commands[item.first]);
  // In CSS a clip or a mask is a group that what it holds cannot blend out of; so it blends as a whole.
  const bool clipped = blend != display::BlendMode::normal && !clips.empty();
  if (clipped) {
    close(layer);
    layer.body += "<g style=\"";
    append_blend(layer.body, blend);
    layer.body += "\">";
  }
  enter_clips(layer, items, clips);
  enter_classes(layer, visibility_.classes(item.first));
  element(layer.body, item);
  if (!clipped) return;
  close(layer);
  layer.body += "</g>";
}

/// Optional content is the innermost element, so that what is shown and hidden together is in one.
void SvgWriter::enter_classes(SvgLayer& layer, const std::string& classes) {
  if (layer.open_classes == classes) return;
  if (!layer.open_classes.empty()) layer.body += "</g>";
  if (!classes.empty()) layer.body += "<g class=\"" + classes + "\">";
  layer.open_classes = classes;
}

/// Those that cut something off, the outermost first.
std::vector<int> SvgWriter::clips_of(const Items& items, const Item& item) const {
  const Rect whole = bounds_of_command(list_.commands[item.first]);
  std::vector<int> needed;
  for (int i = item.clip; i >= 0; i = items.clips[static_cast<std::size_t>(i)].parent) {
    const ClipNode& node = items.clips[static_cast<std::size_t>(i)];
    if (node.is_rect) {  // so are its parents, and its bounds hold theirs
      if (!holds(node.bounds, whole, kClipSlack_pt)) needed.insert(needed.begin(), i);
      break;
    }
    needed.insert(needed.begin(), i);
  }
  return needed;
}

void SvgWriter::enter_clips(SvgLayer& layer, const Items& items, const std::vector<int>& needed) {
  std::size_t common = 0;
  while (common < needed.size() && common < layer.open_clips.size() &&
         needed[common] == layer.open_clips[common])
    ++common;
  if (common < layer.open_clips.size() || common < needed.size()) enter_classes(layer, "");
  for (; layer.open_clips.size() > common; layer.open_clips.pop_back()) layer.body += "</g>";
  for (; common < needed.size(); ++common) {
    layer.body += "<g" + clip_reference(items.clips[static_cast<std::size_t>(needed[common])]) + ">";
    layer.open_clips.push_back(needed[common]);
  }
}

void SvgWriter::close(SvgLayer& layer) {
  enter_classes(layer, "");
  for (; !layer.open_clips.empty(); layer.open_clips.pop_back()) layer.body += "</g>";
}

const std::string& SvgWriter::clip_reference(const ClipNode& node) {
  const auto [at, added] = clip_references_.emplace(node.command, "");
  if (added) at->second = define_clip(node);
  return at->second;
}

std::string SvgWriter::define_clip(const ClipNode& node) {
  const std::string id = context_.new_id();
  const display::Command& command = list_.commands[node.command];
  std::string def;
  if (const auto* mask = std::get_if<display::ClipSoftMask>(&command)) {
    const display::SoftMask& soft = list_.masks[mask->mask];
    SvgWriter writer(*soft.group, svg_from_page_, context_, depth_ + 1);
    const Rect area = svg_from_page_.apply(list_.bounds);
    def = "<mask id=\"" + id + "\" maskUnits=\"userSpaceOnUse\"";
    append_attribute(def, "x", area.x0), append_attribute(def, "y", area.y0);
    append_attribute(def, "width", area.width()), append_attribute(def, "height", area.height());
    if (soft.kind == display::SoftMask::Kind::alpha) def += " style=\"mask-type:alpha\"";
    def += ">";
    if (soft.kind == display::SoftMask::Kind::luminosity && !(soft.backdrop == display::Rgb{})) {
      def += "<rect";
      append_attribute(def, "x", area.x0), append_attribute(def, "y", area.y0);
      append_attribute(def, "width", area.width()), append_attribute(def, "height", area.height());
      def += " fill=\"";
      append_color(def, soft.backdrop);
      def += "\"/>";
    }
    def += writer.all() + "</mask>";
    context_.defs += def;
    return " mask=\"url(#" + id + ")\"";
  }
  def = "<clipPath id=\"" + id + "\"><path";
  if (node.is_rect) {
    const Rect r = svg_from_page_.apply(node.bounds);
    Path rect;
    rect.add_rect(r);
    def += " d=\"";
    append_path_data(def, rect, Matrix());
  } else if (const auto* clip = std::get_if<display::ClipPath>(&command)) {
    if (clip->rule == FillRule::even_odd) def += " clip-rule=\"evenodd\"";
    def += " d=\"";
    append_path_data(def, list_.paths[clip->path], svg_from_page_);
  } else {
    const auto& text = std::get<display::ClipGlyphs>(command);
    def += " d=\"";
    for (std::uint32_t i = 0; i < text.count; ++i) def += path_of_run(list_.runs[text.first + i]);
  }
  context_.defs += def + "\"/></clipPath>";
  return " clip-path=\"url(#" + id + ")\"";
}

void SvgWriter::element(std::string& out, const Item& item) {
  const display::Command& command = list_.commands[item.first];
  if (const auto* path = std::get_if<display::FillPath>(&command)) fill(out, *path, item);
  if (const auto* line = std::get_if<display::StrokePath>(&command)) stroke(out, *line, item);
  if (const auto* text = std::get_if<display::DrawGlyphs>(&command)) glyphs(out, *text, item);
  if (const auto* picture = std::get_if<display::DrawImage>(&command)) image(out, *picture);
  if (std::holds_alternative<display::PushGroup>(command)) group(out, item);
}

void SvgWriter::group(std::string& out, const Item& item) {
  const auto& push = std::get<display::PushGroup>(list_.commands[item.first]);
  if (push.knockout) return patch(out, item);
  const std::string inside = range(item.first + 1, item.last);
  if (inside.empty()) return;
  out += "<g";
  if (push.composite.alpha < 1) append_attribute(out, "opacity", push.composite.alpha, 3);
  std::string style;
  append_blend(style, push.composite.blend);
  if (push.isolated) style += style.empty() ? "isolation:isolate" : ";isolation:isolate";
  if (!style.empty()) out += " style=\"" + style + "\"";
  out += ">" + inside + "</g>";
}

std::string SvgWriter::range(std::uint32_t first, std::uint32_t last) {
  const Items items = items_of(list_, first, last);
  SvgLayer layer;
  for (const Item& item : items.items) add(layer, items, item);
  close(layer);
  return std::move(layer.body);
}

std::string SvgWriter::all() { return range(0, static_cast<std::uint32_t>(list_.commands.size())); }

void SvgWriter::fill(std::string& out, const display::FillPath& draw, const Item& item) {
  if (rounds_to_nothing(svg_from_page_.apply(list_.paths[draw.path].bounds()))) return;
  std::string attributes;
  if (!append_paint(attributes, "fill", draw.paint)) return patch(out, item);
  out += "<path" + attributes;
  if (draw.rule == FillRule::even_odd) out += " fill-rule=\"evenodd\"";
  append_composite(out, draw.composite);
  out += " d=\"";
  append_path_data(out, list_.paths[draw.path], svg_from_page_);
  out += "\"/>";
}

void SvgWriter::stroke(std::string& out, const display::StrokePath& draw, const Item& item) {
  std::string attributes;
  if (!append_paint(attributes, "stroke", draw.paint)) return patch(out, item);
  out += "<path fill=\"none\"" + attributes;
  const display::StrokeStyle& style = list_.strokes[draw.style];
  const Matrix pen{
      style.page_from_user.a, style.page_from_user.b, style.page_from_user.c, style.page_from_user.d, 0, 0};
  const double scale = pen.mean_scale() * svg_from_page_.mean_scale();
  const bool round =
      std::fabs(pen.a * pen.a + pen.b * pen.b - pen.c * pen.c - pen.d * pen.d) < 1e-3 * scale * scale &&
      std::fabs(pen.a * pen.c + pen.b * pen.d) < 1e-3 * scale * scale;
  append_composite(out, draw.composite);
  if (round || !pen.invertible()) {
    append_stroke(out, style, Matrix::scale(scale, scale));
    out += " d=\"";
    append_path_data(out, list_.paths[draw.path], svg_from_page_);
  } else {  // the pen is an ellipse: stroke in user space
    append_stroke(out, style, Matrix());
    out += " transform=\"";
    append_matrix(out, svg_from_page_ * pen);
    out += "\" d=\"";
    append_path_data(out, list_.paths[draw.path], pen.inverse(), 4);
  }
  out += "\"/>";
}

std::string SvgWriter::path_of_run(const display::GlyphRun& run) {
  const display::RunFont& font = list_.fonts[run.font];
  std::string data;
  if (font.face == nullptr) return data;
  for (std::uint32_t i = 0; i < run.glyph_count; ++i) {
    const display::RunGlyph& glyph = list_.glyphs[run.glyph_begin + i];
    const auto outline = font.face->outline(glyph.glyph_id);
    Matrix page_from_em = run.page_from_em * Matrix::scale(glyph.x_scale, 1);
    page_from_em.e = glyph.x;
    page_from_em.f = glyph.y;
    append_path_data(data, *outline, svg_from_page_ * page_from_em);
  }
  return data;
}

void SvgWriter::glyphs(std::string& out, const display::DrawGlyphs& draw, const Item& item) {
  if (!draw.visible) return;
  const display::GlyphRun& run = list_.runs[draw.run];
  if (list_.fonts[run.font].type3 != nullptr) return type3_glyphs(out, draw);
  const bool stroked = draw.stroke_style != display::DrawGlyphs::kNoStroke;
  std::string attributes;
  if (!append_paint(attributes, stroked ? "stroke" : "fill", draw.paint)) return patch(out, item);
  const std::string data = path_of_run(run);
  if (data.empty()) return;
  out += "<path" + attributes;
  if (stroked) {
    const display::StrokeStyle& style = list_.strokes[draw.stroke_style];
    const double scale = style.page_from_user.mean_scale() * svg_from_page_.mean_scale();
    out += " fill=\"none\"";
    append_stroke(out, style, Matrix::scale(scale, scale));
  }
  append_composite(out, draw.composite);
  out += " d=\"" + data + "\"/>";
}

void SvgWriter::type3_glyphs(std::string& out, const display::DrawGlyphs& draw) {
  const display::GlyphRun& run = list_.runs[draw.run];
  const display::Type3Font& font = *list_.fonts[run.font].type3;
  std::string color = override_color_;
  if (color.empty()) append_color(color, draw.paint.color);
  std::string uses;
  for (std::uint32_t i = 0; i < run.glyph_count; ++i) {
    const display::RunGlyph& glyph = list_.glyphs[run.glyph_begin + i];
    if (glyph.glyph_id >= font.glyphs.size() || font.glyphs[glyph.glyph_id].list == nullptr) continue;
    const display::Type3Font::Glyph& procedure = font.glyphs[glyph.glyph_id];
    const std::string key = std::to_string(reinterpret_cast<std::uintptr_t>(procedure.list.get())) +
                            (procedure.colored ? "" : color);
    const auto [at, added] = context_.glyph_symbols.emplace(key, "");
    if (added) {
      at->second = context_.new_id();
      const std::string id = at->second;
      SvgWriter writer(*procedure.list, Matrix(), context_, depth_ + 1);
      if (!procedure.colored) writer.paint_all_with(color);
      const std::string drawing = writer.all();
      context_.defs += "<g id=\"" + id + "\">" + drawing + "</g>";
    }
    Matrix page_from_glyph = run.page_from_em;
    page_from_glyph.e = glyph.x;
    page_from_glyph.f = glyph.y;
    uses += "<use href=\"#" + context_.glyph_symbols[key] + "\" transform=\"";
    append_matrix(uses, svg_from_page_ * page_from_glyph);
    uses += "\"/>";
  }
  if (draw.composite == display::Composite{}) {
    out += uses;
    return;
  }
  out += "<g";
  append_composite(out, draw.composite);
  out += ">" + uses + "</g>";
}

}  // namespace ode::exporter
