// Shadings of every type and transfer functions, from small PDFs.
#include "engine/pdf/shadings/shading.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using testing::OpenContext;
using testing::PdfBuilder;
using ShadingResult = Result<std::shared_ptr<const display::Shading>>;

constexpr const char* kBlackToRed = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 0 0] /N 1 >>";

struct Doc {
  PdfBuilder pdf;
  std::unique_ptr<OpenContext> open;

  Context& context() {
    if (!open) {
      pdf.page("");
      open = std::make_unique<OpenContext>(pdf);
    }
    return open->context;
  }
  ShadingResult load(int number, const Matrix& matrix = {}, bool with_background = true) {
    const Ref ref{number, 0};
    return load_shading(context(), context().xref()->fetch(ref), ref, matrix, with_background, nullptr);
  }
  ShadingResult load_dict(const std::string& entries) { return load(pdf.object("<< " + entries + " >>")); }
  ShadingResult load_mesh(std::string_view data, const std::string& entries) {
    return load(pdf.stream(data, entries));
  }
};

TEST(Shading, AxialShadingsHaveTheirAxisAndARamp) {
  Doc doc;
  const auto shading =
      doc.load_dict(std::string("/ShadingType 2 /ColorSpace /DeviceRGB /Coords [1 2 3 4] /Extend [true false]"
                                " /BBox [5 6 0 1] /Function ") +
                    kBlackToRed);
  ASSERT_TRUE(shading.ok());
  const auto& axial = std::get<display::AxialShading>((*shading)->geometry);
  EXPECT_EQ(axial.p0, (Point{1, 2}));
  EXPECT_EQ(axial.p1, (Point{3, 4}));
  EXPECT_TRUE(axial.extend_start);
  EXPECT_FALSE(axial.extend_end);
  ASSERT_EQ(axial.ramp.size(), 256U);
  EXPECT_FLOAT_EQ(axial.ramp[51].r, 0.2F);
  EXPECT_EQ(axial.ramp[255], (display::RgbF{1, 0, 0}));
  EXPECT_EQ((*shading)->bbox, (Rect{0, 1, 5, 6}));
}

TEST(Shading, TheDomainIsMappedOntoTheRamp) {
  Doc doc;
  const auto shading = doc.load_dict(
      std::string("/ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 0] /Domain [0.5 1] /Function ") +
      kBlackToRed);
  const auto& axial = std::get<display::AxialShading>((*shading)->geometry);
  EXPECT_FLOAT_EQ(axial.ramp.front().r, 0.5F);
  EXPECT_FLOAT_EQ(axial.ramp.back().r, 1.0F);
}

TEST(Shading, StepsOfStitchingFunctionsGetALongerRamp) {
  const auto stitched = [](const char* middle) {
    return std::string(
               "<< /FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 0 1] /Functions ["
               "<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0.5] /N 1 >>"
               "<< /FunctionType 2 /Domain [0 1] /C0 [") +
           middle + "] /C1 [1] /N 1 >>] >>";
  };
  Doc smooth, sharp;
  const std::string head = "/ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 0] /Function ";
  const auto bend = smooth.load_dict(head + stitched("0.5")), step = sharp.load_dict(head + stitched("0.9"));
  EXPECT_EQ(std::get<display::AxialShading>((*bend)->geometry).ramp.size(), 256U);
  const auto& ramp = std::get<display::AxialShading>((*step)->geometry).ramp;
  ASSERT_GE(ramp.size(), 1024U);
  int intermediate = 0;
  for (const auto& c : ramp) intermediate += c.r > 0.501F && c.r < 0.899F ? 1 : 0;
  EXPECT_EQ(intermediate, 0);
}

TEST(Shading, ArraysOfFunctionsGiveOneComponentEach) {
  Doc doc;
  const auto shading = doc.load_dict(
      "/ShadingType 3 /ColorSpace /DeviceRGB /Coords [0 0 -1 9 8 7] /Function ["
      "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>"
      "<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"
      "<< /FunctionType 2 /Domain [0 1] /C0 [0.5] /C1 [0.5] /N 1 >>]");
  ASSERT_TRUE(shading.ok());
  const auto& radial = std::get<display::RadialShading>((*shading)->geometry);
  EXPECT_EQ(radial.r0, 0);
  EXPECT_EQ(radial.r1, 7);
  EXPECT_EQ(radial.c1, (Point{9, 8}));
  EXPECT_EQ(radial.ramp.front(), (display::RgbF{1, 0, 0.5F}));
  EXPECT_EQ(radial.ramp.back(), (display::RgbF{0, 1, 0.5F}));
}

TEST(Shading, FunctionBasedShadingsAreSampledFromTheLowerLeftCorner) {
  Doc doc;
  const int function =
      doc.pdf.stream("{ 2 div 0 }", "/FunctionType 4 /Domain [0 2 0 1] /Range [0 1 0 1 0 1]");
  const auto shading = doc.load_dict(
      "/ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 2 0 1] /Matrix [2 0 0 2 1 1] /Function " +
      PdfBuilder::ref(function));
  ASSERT_TRUE(shading.ok());
  const auto& grid = std::get<display::FunctionShading>((*shading)->geometry);
  EXPECT_EQ(grid.domain, (Rect{0, 0, 2, 1}));
  EXPECT_EQ(grid.shading_from_domain, (Matrix{2, 0, 0, 2, 1, 1}));
  ASSERT_EQ(grid.samples.size(), static_cast<std::size_t>(grid.columns) * grid.rows);
  // x y → x, y/2, 0
  EXPECT_EQ(grid.samples.front(), (display::RgbF{0, 0, 0}));
  EXPECT_EQ(grid.samples[static_cast<std::size_t>(grid.columns) - 1], (display::RgbF{1, 0, 0}));
  EXPECT_EQ(grid.samples.back(), (display::RgbF{1, 0.5F, 0}));
}

constexpr const char* kMesh8 =
    "/ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 255 0 510 0 1 "
    "0 1 0 1] ";

TEST(Shading, FreeFormTrianglesFollowTheirEdgeFlags) {
  Doc doc;
  std::string data;
  const auto vertex = [&data](int flag, int x, int y) {
    for (const int byte : {flag, x, y, 255, 0, 51}) data += static_cast<char>(byte);
  };
  vertex(0, 0, 0), vertex(9, 10, 0), vertex(9, 0, 10);  // a b c
  vertex(1, 10, 10);                                    // b c d
  vertex(2, 20, 20);                                    // b d e
  const auto shading = doc.load_mesh(data + "xx", std::string("/ShadingType 4 ") + kMesh8);
  ASSERT_TRUE(shading.ok());
  const auto& mesh = std::get<display::TriangleMesh>((*shading)->geometry);
  ASSERT_EQ(mesh.vertices.size(), 5U);
  EXPECT_EQ(mesh.vertices[2].y, 20);
  EXPECT_EQ(mesh.vertices[2].color, (display::RgbF{1, 0, 0.2F}));
  ASSERT_EQ(mesh.triangles.size(), 3U);
  EXPECT_EQ(mesh.triangles[1], (std::array<std::uint32_t, 3>{1, 2, 3}));
  EXPECT_EQ(mesh.triangles[2], (std::array<std::uint32_t, 3>{1, 3, 4}));
}

TEST(Shading, LatticesBecomeTwoTrianglesACell) {
  Doc doc;
  std::string data;
  for (int i = 0; i < 7; ++i)
    data += std::string({static_cast<char>(i % 3), static_cast<char>(i / 3), 0, 0, 0});
  const auto shading = doc.load_mesh(data, std::string("/ShadingType 5 /VerticesPerRow 3 ") + kMesh8);
  ASSERT_TRUE(shading.ok());
  const auto& mesh = std::get<display::TriangleMesh>((*shading)->geometry);
  EXPECT_EQ(mesh.triangles.size(), 4U);
  for (const auto& triangle : mesh.triangles) {
    for (const auto corner : triangle) EXPECT_LT(corner, mesh.vertices.size());
  }
}

TEST(Shading, MeshesWithAFunctionCarryItsRamp) {
  Doc doc;
  const std::string data("\0\0\0\0\0\x0a\0\x80\0\0\x0a\xff", 12);
  const auto shading = doc.load_mesh(
      data, std::string("/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8"
                        " /BitsPerFlag 8 /Decode [0 255 0 255 0.5 1] /Function ") +
                kBlackToRed);
  ASSERT_TRUE(shading.ok());
  const auto& mesh = std::get<display::TriangleMesh>((*shading)->geometry);
  ASSERT_EQ(mesh.triangles.size(), 1U);
  EXPECT_FLOAT_EQ(mesh.ramp.front().r, 0.5F);
  EXPECT_FLOAT_EQ(mesh.vertices[1].color.r, 128.0F / 255);
}

/// Boundary of the square (0,0)–(90,90) in the order of the stream: up the left side first.
std::string square_boundary() {
  std::string out;
  for (const auto& [x, y] : {std::pair{0, 0},
                             {0, 30},
                             {0, 60},
                             {0, 90},
                             {30, 90},
                             {60, 90},
                             {90, 90},
                             {90, 60},
                             {90, 30},
                             {90, 0},
                             {60, 0},
                             {30, 0}}) {
    out += std::string({static_cast<char>(x), static_cast<char>(y)});
  }
  return out;
}

constexpr const char* kPatch8 =
    "/ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 255 0 255 0 "
    "1] ";

TEST(Shading, CoonsPatchesGetTheirInnerPoints) {
  Doc doc;
  const auto shading = doc.load_mesh(std::string(1, '\0') + square_boundary() + "\x01\x02\x03\x04",
                                     std::string("/ShadingType 6 ") + kPatch8);
  ASSERT_TRUE(shading.ok());
  const auto& patches = std::get<display::PatchMesh>((*shading)->geometry).patches;
  ASSERT_EQ(patches.size(), 1U);
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      EXPECT_NEAR(patches[0].p[i][j].x, 30 * i, 1e-9) << i << j;
      EXPECT_NEAR(patches[0].p[i][j].y, 30 * j, 1e-9) << i << j;
    }
  }
  EXPECT_FLOAT_EQ(patches[0].color[3].r, 4.0F / 255);
}

TEST(Shading, PatchesContinueFromAnEdgeOfTheOneBefore) {
  for (int flag = 1; flag <= 3; ++flag) {
    Doc doc;
    std::string data = std::string(1, '\0') + square_boundary() + std::string("\x01\x02\x03\x04");
    data += std::string(1, static_cast<char>(flag)) + std::string(16, '\x64') + std::string("\x05\x06");
    const auto shading = doc.load_mesh(data, std::string("/ShadingType 6 ") + kPatch8);
    ASSERT_TRUE(shading.ok());
    const auto& patches = std::get<display::PatchMesh>((*shading)->geometry).patches;
    ASSERT_EQ(patches.size(), 2U);
    const Point corners[5] = {{0, 0}, {0, 90}, {90, 90}, {90, 0}, {0, 0}};
    EXPECT_EQ(patches[1].p[0][0], corners[flag]);
    EXPECT_EQ(patches[1].p[0][3], corners[flag + 1]);
    EXPECT_EQ(patches[1].p[3][3], (Point{100, 100}));
    EXPECT_EQ(patches[1].color[0], patches[0].color[flag]);
    EXPECT_EQ(patches[1].color[1], patches[0].color[(flag + 1) % 4]);
    EXPECT_FLOAT_EQ(patches[1].color[2].r, 5.0F / 255);
  }
}

TEST(Shading, TensorPatchesReadTheirInnerPoints) {
  Doc doc;
  const std::string inner("\x0b\x0b\x0c\x0c\x16\x16\x15\x15", 8);
  const auto shading = doc.load_mesh(std::string(1, '\0') + square_boundary() + inner + "\x01\x02\x03\x04",
                                     std::string("/ShadingType 7 ") + kPatch8);
  const auto& patch = std::get<display::PatchMesh>((*shading)->geometry).patches.at(0);
  EXPECT_EQ(patch.p[1][1], (Point{11, 11}));
  EXPECT_EQ(patch.p[1][2], (Point{12, 12}));
  EXPECT_EQ(patch.p[2][2], (Point{22, 22}));
  EXPECT_EQ(patch.p[2][1], (Point{21, 21}));
}

TEST(Shading, BackgroundIsForPatternsAlone) {
  Doc doc;
  const int number = doc.pdf.object(
      std::string(
          "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 0] /Background [0 0 1] /Function ") +
      kBlackToRed + " >>");
  const Matrix matrix{2, 0, 0, 2, 0, 0};
  const auto pattern = doc.load(number, {}, true), fill = doc.load(number, matrix, false);
  ASSERT_TRUE(pattern.ok() && fill.ok());
  EXPECT_EQ((*pattern)->background, (display::RgbF{0, 0, 1}));
  EXPECT_FALSE((*fill)->background.has_value());
  EXPECT_EQ((*fill)->page_from_shading, matrix);
  EXPECT_EQ(doc.load(number, {}, true).value(), *pattern);
}

TEST(Shading, DamageIsAnError) {
  const std::string function = std::string(" /Function ") + kBlackToRed;
  for (const std::string& entries :
       {std::string("/ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0]") + function,
        std::string("/ShadingType 9 /ColorSpace /DeviceRGB"),
        std::string("/ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1]"),
        std::string("/ShadingType 4 /ColorSpace /DeviceRGB"),
        std::string("/ShadingType 3 /Coords [0 0 1 1 1 1]") + function,
        std::string("/ShadingType 2 /ColorSpace /Pattern /Coords [0 0 1 1]") + function,
        std::string("/ShadingType 1 /ColorSpace /DeviceRGB") + function}) {
    Doc doc;
    const auto shading = doc.load_dict(entries);
    ASSERT_FALSE(shading.ok()) << entries;
    EXPECT_EQ(shading.error().kind, ErrorKind::malformed);
  }
  Doc widths;
  EXPECT_FALSE(widths
                   .load_mesh("abc",
                              "/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 7 /BitsPerComponent "
                              "8 /Decode [0 1 0 1 0 1 0 1 0 1]")
                   .ok());
}

TEST(LoadTransfer, SamplesTheFunctionAndFallsBackToIdentity) {
  Doc doc;
  const int function = doc.pdf.object("<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>");
  const auto inverted = load_transfer(doc.context(), doc.context().xref()->fetch(function, 0));
  EXPECT_EQ(inverted[0], 255);
  EXPECT_EQ(inverted[200], 55);
  EXPECT_EQ(load_transfer(doc.context(), Object(objName, "Identity"))[77], 77);
  EXPECT_EQ(load_transfer(doc.context(), Object(12))[78], 78);
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

}  // namespace
}  // namespace ode::pdf
