// For tests: a face whose glyphs are known shapes.
#pragma once

#include <memory>
#include <string>

#include "engine/fonts/face.h"

namespace ode::raster {

/// Glyph 0 is blank, 1 the square (0, 0)–(0.75, 0.75), 2 a drop with curves and a hole, 3 a triangle.
class TestFace final : public fonts::Face {
 public:
  TestFace() {
    auto square = std::make_shared<Path>();
    square->add_rect({0, 0, 0.75, 0.75});
    auto drop = std::make_shared<Path>();
    drop->move_to({0.1, 0});
    drop->cubic_to({0.9, -0.2}, {0.9, 0.8}, {0.4, 0.9});
    drop->cubic_to({0, 0.7}, {-0.1, 0.2}, {0.1, 0});
    drop->close();
    drop->move_to({0.3, 0.3});
    drop->line_to({0.3, 0.5});
    drop->line_to({0.5, 0.5});
    drop->line_to({0.5, 0.3});
    drop->close();
    auto triangle = std::make_shared<Path>();
    triangle->move_to({0, 0});
    triangle->line_to({0.7, 0.1});
    triangle->line_to({0.2, 0.8});
    triangle->close();
    shapes_[0] = std::make_shared<Path>();
    shapes_[1] = square, shapes_[2] = drop, shapes_[3] = triangle;
  }

  fonts::Program program() const override { return fonts::Program::truetype; }
  const SharedBytes& bytes() const override { return bytes_; }
  int glyph_count() const override { return 4; }
  int units_per_em() const override { return 1000; }
  std::string name() const override { return "Test"; }
  std::shared_ptr<const Path> outline(std::uint32_t glyph_id) const override {
    return shapes_[glyph_id < 4 ? glyph_id : 0];
  }
  double advance(std::uint32_t) const override { return 1; }
  std::uint32_t glyph_of_name(std::string_view) const override { return 0; }
  std::uint32_t glyph_of_unicode(char32_t) const override { return 0; }
  std::optional<std::uint32_t> glyph_of_code(int, int, std::uint32_t) const override { return std::nullopt; }
  std::uint32_t glyph_of_builtin_code(std::uint32_t) const override { return 0; }
  std::uint32_t glyph_of_cid(std::uint32_t) const override { return 0; }
  std::string glyph_name(std::uint32_t) const override { return ""; }

 private:
  SharedBytes bytes_;
  std::shared_ptr<const Path> shapes_[4];
};

}  // namespace ode::raster
