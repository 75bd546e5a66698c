// GraphicsState: ISO 32000-2, 8.4 and 9.3, with everything already in the terms of the display list: colours
// are paints, clips are the recorder's, the CTM maps to page space. What q saves is one copy of this.
#pragma once

#include <memory>
#include <vector>

#include "engine/pdf/color/space.h"
#include "engine/pdf/content/recorder.h"
#include "engine/pdf/fonts/font.h"

namespace ode::pdf {

struct ColorState {
  std::shared_ptr<const ColorSpace> space;
  display::Paint paint;
  bool paints = true;  ///< false: a pattern that could not be read paints nothing
};

struct TextState {
  double char_spacing = 0, word_spacing = 0;  ///< unscaled text space units
  double horizontal_scale = 1;                ///< Tz / 100
  double leading = 0, font_size = 0, rise = 0;
  int render_mode = 0;               ///< Table 104
  std::shared_ptr<const Font> font;  ///< null until Tf
};

struct GraphicsState {
  Matrix page_from_user;
  Recorder::Clip clip = Recorder::kUnclipped;
  Rect clip_bounds;  ///< page space; covers what the clip lets through
  ColorState fill, stroke;
  float fill_alpha = 1, stroke_alpha = 1;
  display::BlendMode blend = display::BlendMode::normal;

  double line_width = 1;  ///< user space
  display::StrokeStyle::Cap cap = display::StrokeStyle::Cap::butt;
  display::StrokeStyle::Join join = display::StrokeStyle::Join::miter;
  double miter_limit = 10;
  std::shared_ptr<const std::vector<double>> dashes;  ///< null: solid
  double dash_phase = 0;

  TextState text;

  display::Composite fill_composite() const { return {fill_alpha, blend}; }
  display::Composite stroke_composite() const { return {stroke_alpha, blend}; }
};

}  // namespace ode::pdf
