// dump(): a display list as text. docs/display_list.md describes the format.
#include <unordered_map>

#include "engine/display/display_list.h"
#include "engine/display/dump_text.h"

namespace ode::display {
namespace {

constexpr int kDepthMax = 40;  // deeper than kFormDepthMax lets a recorder nest

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void append_ramp(std::string& out, const ColorRamp& ramp) {
  if (ramp.empty()) return;
  out += " ramp " + std::to_string(ramp.size());
  for (const std::size_t i : {std::size_t{0}, ramp.size() / 2, ramp.size() - 1})
    out += ' ', append_color(out, ramp[i]);
}

void append_extends(std::string& out, bool start, bool end) {
  if (start) out += " extend-start";
  if (end) out += " extend-end";
}

void append_numbers(std::string& out, std::initializer_list<double> values) {
  for (const double v : values) out += ' ', append_number(out, v);
}

void append_shading(std::string& out, const Shading& shading) {
  std::visit(Overloaded{
                 [&](const FunctionShading& s) {
                   out += "function " + std::to_string(s.columns) + 'x' + std::to_string(s.rows) + " domain";
                   append_rect(out, s.domain);
                   out += " map", append_matrix(out, s.shading_from_domain);
                   if (!s.samples.empty()) {
                     out += " from ", append_color(out, s.samples.front());
                     out += " to ", append_color(out, s.samples.back());
                   }
                 },
                 [&](const AxialShading& s) {
                   out += "axial", append_numbers(out, {s.p0.x, s.p0.y, s.p1.x, s.p1.y});
                   append_extends(out, s.extend_start, s.extend_end);
                   append_ramp(out, s.ramp);
                 },
                 [&](const RadialShading& s) {
                   out += "radial", append_numbers(out, {s.c0.x, s.c0.y, s.r0, s.c1.x, s.c1.y, s.r1});
                   append_extends(out, s.extend_start, s.extend_end);
                   append_ramp(out, s.ramp);
                 },
                 [&](const TriangleMesh& s) {
                   out += "triangles " + std::to_string(s.triangles.size()) + " vertices " +
                          std::to_string(s.vertices.size());
                   for (std::size_t i = 0; i < std::min<std::size_t>(s.vertices.size(), 3); ++i) {
                     append_numbers(out, {s.vertices[i].x, s.vertices[i].y});
                     out += ' ', append_color(out, s.vertices[i].color);
                   }
                   append_ramp(out, s.ramp);
                 },
                 [&](const PatchMesh& s) {
                   out += "patches " + std::to_string(s.patches.size());
                   if (!s.patches.empty()) {
                     const PatchMesh::Patch& first = s.patches.front();
                     for (const Point p : {first.p[0][0], first.p[0][3], first.p[3][3], first.p[3][0]}) {
                       append_numbers(out, {p.x, p.y});
                     }
                     for (const RgbF& c : first.color) out += ' ', append_color(out, c);
                   }
                   append_ramp(out, s.ramp);
                 },
             },
             shading.geometry);
  out += " at", append_matrix(out, shading.page_from_shading);
  if (shading.bbox) out += " bbox", append_rect(out, *shading.bbox);
  if (shading.background) out += " background ", append_color(out, *shading.background);
}

void append_composite(std::string& out, const Composite& c) {
  if (c.alpha != 1) out += " alpha ", append_number(out, c.alpha);
  if (c.blend != BlendMode::normal) out += " blend ", out += name_of(c.blend);
}

void append_stroke(std::string& out, const StrokeStyle& s) {
  constexpr const char* kCaps[] = {"butt", "round", "square"};
  constexpr const char* kJoins[] = {"miter", "round", "bevel"};
  out += " width ", append_number(out, s.width);
  if (s.cap != StrokeStyle::Cap::butt) out += std::string(" cap ") + kCaps[static_cast<std::size_t>(s.cap)];
  if (s.join != StrokeStyle::Join::miter)
    out += std::string(" join ") + kJoins[static_cast<std::size_t>(s.join)];
  if (s.join == StrokeStyle::Join::miter && s.miter_limit != 10)
    out += " miter ", append_number(out, s.miter_limit);
  if (!s.dashes.empty()) {
    out += " dash [";
    for (const double d : s.dashes) out += out.back() == '[' ? "" : " ", append_number(out, d);
    out += "] ", append_number(out, s.dash_phase);
  }
  if (s.page_from_user != Matrix{}) out += " pen", append_matrix(out, s.page_from_user);
}

class Dumper {
 public:
  void list(const DisplayList& list, int depth) {
    append_indent(depth);
    const auto [found, fresh] = numbers_.try_emplace(&list, static_cast<int>(numbers_.size()) + 1);
    out_ += "list " + std::to_string(found->second);
    if (!fresh || depth > kDepthMax) {
      out_ += fresh ? " too deep\n" : " again\n";
      return;
    }
    out_ += " bounds", append_rect(out_, list.bounds);
    out_ += '\n';
    for (const Command& c : list.commands) {
      append_indent(depth + 1);
      std::visit([&](const auto& command) { line(list, command, depth + 1); }, c);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void append_indent(int depth) { out_.append(2 * static_cast<std::size_t>(depth), ' '); }

  /// The inline part; nested() writes the cell below the command's line.
  void paint(const DisplayList& list, const Paint& p) {
    out_ += ' ';
    if (p.kind == Paint::Kind::solid) {
      append_color(out_, p.color);
    } else if (p.kind == Paint::Kind::shading && p.index < list.shadings.size() && list.shadings[p.index]) {
      append_shading(out_, *list.shadings[p.index]);
    } else if (p.kind == Paint::Kind::tiling && p.index < list.tilings.size()) {
      const Tiling& t = list.tilings[p.index];
      out_ += "tiling step", append_numbers(out_, {t.x_step, t.y_step});
      out_ += " bbox", append_rect(out_, t.bbox);
      out_ += " at", append_matrix(out_, t.page_from_pattern);
    } else {
      out_ += "missing-paint";
    }
  }

  void nested(const DisplayList& list, const Paint& p, int depth) {
    if (p.kind == Paint::Kind::tiling && p.index < list.tilings.size() && list.tilings[p.index].cell) {
      this->list(*list.tilings[p.index].cell, depth + 1);
    }
  }

  void path(const DisplayList& list, std::uint32_t index) {
    out_ += ' ';
    if (index < list.paths.size()) append_path(out_, list.paths[index]);
  }

  static const char* rule_of(FillRule rule) { return rule == FillRule::nonzero ? "nonzero" : "even-odd"; }

  void run(const DisplayList& list, std::uint32_t index) {
    if (index >= list.runs.size() || list.runs[index].font >= list.fonts.size()) return;
    const GlyphRun& r = list.runs[index];
    const RunFont& font = list.fonts[r.font];
    out_ += ' ', append_quoted(out_, font.name);
    if (font.type3) out_ += " type3";
    if (font.substituted) out_ += " substituted";
    if (font.embolden_em != 0) out_ += " embolden ", append_number(out_, font.embolden_em);
    if (r.vertical) out_ += " vertical";
    out_ += " em", append_matrix(out_, r.page_from_em);
    out_ += " :";
    const std::size_t end =
        std::min<std::size_t>(std::size_t{r.glyph_begin} + r.glyph_count, list.glyphs.size());
    for (std::size_t i = r.glyph_begin; i < end; ++i) glyph(list, list.glyphs[i]);
  }

  void glyph(const DisplayList& list, const RunGlyph& g) {
    out_ += ' ' + std::to_string(g.glyph_id);
    if (g.text_length > 0 && std::size_t{g.text_begin} + g.text_length <= list.text.size()) {
      append_quoted(out_, std::u32string_view(list.text.data() + g.text_begin, g.text_length));
    }
    out_ += '@', append_number(out_, g.x);
    out_ += ',', append_number(out_, g.y);
    if (g.x_scale != 1) out_ += '*', append_number(out_, g.x_scale);
  }

  void type3_lists(const DisplayList& list, std::uint32_t run_index, int depth) {
    if (run_index >= list.runs.size() || list.runs[run_index].font >= list.fonts.size()) return;
    const GlyphRun& r = list.runs[run_index];
    const Type3Font* font = list.fonts[r.font].type3.get();
    if (font == nullptr) return;
    const std::size_t end =
        std::min<std::size_t>(std::size_t{r.glyph_begin} + r.glyph_count, list.glyphs.size());
    for (std::size_t i = r.glyph_begin; i < end; ++i) {
      const std::uint32_t id = list.glyphs[i].glyph_id;
      if (id >= font->glyphs.size() || !font->glyphs[id].list) continue;
      if (numbers_.count(font->glyphs[id].list.get()) != 0) continue;  // shown where it came first
      append_indent(depth + 1);
      out_ += "glyph " + std::to_string(id) + (font->glyphs[id].colored ? " colored\n" : "\n");
      this->list(*font->glyphs[id].list, depth + 2);
    }
  }

  void line(const DisplayList& list, const ClipPath& c, int) {
    out_ += std::string("clip ") + rule_of(c.rule);
    path(list, c.path);
    out_ += '\n';
  }
  void line(const DisplayList& list, const ClipGlyphs& c, int depth) {
    out_ += "clip-glyphs\n";
    for (std::uint32_t i = 0; i < c.count && c.first + i < list.runs.size(); ++i) {
      append_indent(depth + 1);
      out_ += "run";
      run(list, c.first + i);
      out_ += '\n';
    }
  }
  void line(const DisplayList& list, const ClipSoftMask& c, int depth) {
    if (c.mask >= list.masks.size()) {
      out_ += "clip-mask missing\n";
      return;
    }
    const SoftMask& mask = list.masks[c.mask];
    const bool luminosity = mask.kind == SoftMask::Kind::luminosity;
    out_ += luminosity ? "clip-mask luminosity backdrop " : "clip-mask alpha";
    if (luminosity) append_color(out_, mask.backdrop);
    bool identity = true;
    for (std::size_t i = 0; i < 256; ++i) identity = identity && mask.transfer[i] == i;
    if (!identity) {
      out_ += " transfer";
      for (const std::size_t i : {0, 64, 128, 192, 255}) out_ += ' ' + std::to_string(mask.transfer[i]);
    }
    out_ += " bounds", append_rect(out_, mask.bounds);
    out_ += '\n';
    if (mask.group) this->list(*mask.group, depth + 1);
  }
  void line(const DisplayList&, const PopClip&, int) { out_ += "pop-clip\n"; }
  void line(const DisplayList&, const PushGroup& c, int) {
    out_ += "group";
    if (c.isolated) out_ += " isolated";
    if (c.knockout) out_ += " knockout";
    if (c.pass_through) out_ += " pass-through";
    append_composite(out_, c.composite);
    out_ += '\n';
  }
  void line(const DisplayList&, const PopGroup&, int) { out_ += "pop-group\n"; }
  void line(const DisplayList& list, const FillPath& c, int depth) {
    out_ += std::string("fill ") + rule_of(c.rule);
    paint(list, c.paint);
    append_composite(out_, c.composite);
    path(list, c.path);
    out_ += '\n';
    nested(list, c.paint, depth);
  }
  void line(const DisplayList& list, const StrokePath& c, int depth) {
    out_ += "stroke";
    paint(list, c.paint);
    if (c.style < list.strokes.size()) append_stroke(out_, list.strokes[c.style]);
    append_composite(out_, c.composite);
    path(list, c.path);
    out_ += '\n';
    nested(list, c.paint, depth);
  }
  void line(const DisplayList& list, const DrawGlyphs& c, int depth) {
    out_ += c.visible ? "glyphs" : "glyphs invisible";
    paint(list, c.paint);
    if (c.stroke_style < list.strokes.size())
      out_ += " stroke", append_stroke(out_, list.strokes[c.stroke_style]);
    append_composite(out_, c.composite);
    run(list, c.run);
    out_ += '\n';
    nested(list, c.paint, depth);
    type3_lists(list, c.run, depth);
  }
  void line(const DisplayList& list, const DrawImage& c, int depth) {
    out_ += "image";
    if (c.image < list.images.size() && list.images[c.image]) {
      const images::ImageSource& image = *list.images[c.image];
      const bool stencil = image.role == images::ImageRole::stencil;
      out_ += ' ' + std::to_string(image.width_px) + 'x' + std::to_string(image.height_px);
      out_ += stencil ? " stencil" : " color";
      if (image.interpolate) out_ += " interpolate";
      if (image.has_alpha) out_ += " alpha-channel";
      if (stencil) paint(list, c.paint);
    }
    append_composite(out_, c.composite);
    out_ += " at", append_matrix(out_, c.page_from_unit);
    out_ += '\n';
    nested(list, c.paint, depth);
  }
  void line(const DisplayList& list, const BeginMarked& c, int) {
    out_ += "mark";
    if (c.content < list.marked.size()) {
      const MarkedContent& m = list.marked[c.content];
      out_ += ' ', append_quoted(out_, m.tag);
      if (m.mcid >= 0) out_ += " mcid " + std::to_string(m.mcid);
      if (m.visibility >= 0) append_visibility(list.visibilities[static_cast<std::size_t>(m.visibility)]);
      if (!m.language.empty()) out_ += " lang ", append_quoted(out_, m.language);
      if (m.has_actual_text) out_ += " actual ", append_quoted(out_, m.actual_text);
      if (!m.alternate_text.empty()) out_ += " alt ", append_quoted(out_, m.alternate_text);
    }
    out_ += '\n';
  }
  void append_visibility(const Visibility& v) {
    out_ += v.hidden ? " hidden unless not" : " shown unless";
    const char* before = " ";
    for (const auto& states : v.hidden_when) {
      for (const LayerState& state : states) {
        out_ += before + std::string("layer ") + std::to_string(state.layer) + (state.on ? " on" : " off");
        before = " and ";
      }
      before = " or ";
    }
  }
  void line(const DisplayList&, const EndMarked&, int) { out_ += "end-mark\n"; }

  std::string out_;
  std::unordered_map<const DisplayList*, int> numbers_;  ///< by first appearance; asked only, never walked
};

}  // namespace

std::string dump(const DisplayList& list) {
  Dumper dumper;
  dumper.list(list, 0);
  return dumper.take();
}

}  // namespace ode::display
