// Mesh shadings: the bit streams of ISO 32000-2, 8.7.4.5.5 to 8.7.4.5.8, as triangles and tensor-product
// patches.
#include <algorithm>
#include <array>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/shadings/parse.h"

namespace ode::pdf::shadings {
namespace {

class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}
  bool has(std::uint64_t bits) const { return at_ + bits <= bytes_.size() * 8; }
  /// REQUIRES: has(bits), bits <= 32.
  std::uint32_t read(int bits) {
    std::uint64_t value = 0;
    for (int left = bits; left > 0;) {
      const int offset = static_cast<int>(at_ & 7), taken = std::min(8 - offset, left);
      const auto byte = std::to_integer<std::uint32_t>(bytes_[at_ >> 3]);
      value = value << taken | (byte >> (8 - offset - taken) & ((1U << taken) - 1));
      at_ += static_cast<std::uint64_t>(taken);
      left -= taken;
    }
    return static_cast<std::uint32_t>(value);
  }
  void align() { at_ = (at_ + 7) & ~std::uint64_t{7}; }

 private:
  ByteView bytes_;
  std::uint64_t at_ = 0;
};

/// The stream's layout (Tables 82 to 85) and its vertices.
class MeshReader {
 public:
  static Result<MeshReader> open(const Source& source);

  bool has_flag() const { return reader_.has(static_cast<std::uint64_t>(flag_bits_)); }
  bool has_points(int points, int colors) const {
    return reader_.has(static_cast<std::uint64_t>(points) * 2 * coordinate_bits_ +
                       static_cast<std::uint64_t>(colors) * components_ * component_bits_);
  }
  /// REQUIRES of the three: has_… said so.
  int flag() { return static_cast<int>(reader_.read(flag_bits_) & 3); }
  Point point() {
    const double x = value(coordinate_bits_, 0);
    return {x, value(coordinate_bits_, 1)};
  }
  display::RgbF color();
  void align() { reader_.align(); }
  const display::ColorRamp& ramp() const { return ramp_; }

 private:
  MeshReader(const Source& source, SharedBytes bytes)
      : source_(&source), bytes_(std::move(bytes)), reader_(bytes_.view()) {}
  double value(int bits, int i) {
    const double top = static_cast<double>((std::uint64_t{1} << bits) - 1);
    return decode_[2 * i] + reader_.read(bits) * (decode_[2 * i + 1] - decode_[2 * i]) / top;
  }

  const Source* source_;
  SharedBytes bytes_;
  BitReader reader_;
  int coordinate_bits_ = 0, component_bits_ = 0, flag_bits_ = 0, components_ = 0;
  std::vector<double> decode_;
  display::ColorRamp ramp_;
};

bool one_of(int value, std::initializer_list<int> allowed) {
  return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

Result<MeshReader> MeshReader::open(const Source& source) {
  MeshReader out(source, ODE_TRY(read_all(source.context, source.object, source.number)));
  out.coordinate_bits_ = int_or(entry(source.object, "BitsPerCoordinate"), 0);
  out.component_bits_ = int_or(entry(source.object, "BitsPerComponent"), 0);
  out.flag_bits_ = int_or(entry(source.object, "BitsPerFlag"), 8);
  out.components_ = source.functions.empty() ? source.space->components() : 1;
  out.decode_ = numbers_of(entry(source.object, "Decode"), static_cast<std::size_t>(4 + 2 * out.components_));
  if (!one_of(out.coordinate_bits_, {1, 2, 4, 8, 12, 16, 24, 32}) ||
      !one_of(out.component_bits_, {1, 2, 4, 8, 12, 16}) || !one_of(out.flag_bits_, {2, 4, 8})) {
    return source.fail("a mesh shading of impossible bit widths");
  }
  if (out.decode_.size() < static_cast<std::size_t>(4 + 2 * out.components_)) {
    return source.fail("a mesh shading whose /Decode is cut short");
  }
  if (!source.functions.empty()) out.ramp_ = source.ramp(out.decode_[4], out.decode_[5]);
  return out;
}

display::RgbF MeshReader::color() {
  if (!ramp_.empty()) {
    // The ramp spans /Decode, so the parametric variable is the sample itself.
    const double top = static_cast<double>((1U << component_bits_) - 1);
    return {static_cast<float>(reader_.read(component_bits_) / top), 0, 0};
  }
  std::array<double, kComponentsMax> color{};
  for (int i = 0; i < components_; ++i) color[i] = value(component_bits_, 2 + i);
  return source_->space->to_rgb(std::span(color.data(), static_cast<std::size_t>(components_)));
}

display::TriangleMesh::Vertex read_vertex(MeshReader& reader) {
  const Point p = reader.point();
  display::TriangleMesh::Vertex vertex{static_cast<float>(p.x), static_cast<float>(p.y), reader.color()};
  reader.align();  // 8.7.4.5.5: each vertex begins on a byte
  return vertex;
}

bool over_limit(const Source& source, std::size_t count) {
  if (count < static_cast<std::size_t>(kMeshPatchesMax)) return false;
  source.context.complain(ErrorKind::limit_exceeded, "a mesh shading of too many patches", source.number);
  return true;
}

/// Type 4: triangles by edge flags.
void read_free_form(const Source& source, MeshReader& reader, display::TriangleMesh& out) {
  std::array<std::uint32_t, 3> corners{};
  while (reader.has_flag() && !over_limit(source, out.triangles.size())) {
    const int flag = reader.flag();
    const int fresh = flag == 0 || out.triangles.empty() ? 3 : 1;
    if (fresh == 1)
      corners = flag == 1 ? std::array{corners[1], corners[2], 0U} : std::array{corners[0], corners[2], 0U};
    for (int i = 0; i < fresh; ++i) {
      if (i > 0) {
        // The flags of the second and third vertex of a new triangle say nothing.
        if (!reader.has_flag()) return;
        reader.flag();
      }
      if (!reader.has_points(1, 1)) return;
      corners[static_cast<std::size_t>(3 - fresh + i)] = static_cast<std::uint32_t>(out.vertices.size());
      out.vertices.push_back(read_vertex(reader));
    }
    out.triangles.push_back(corners);
  }
}

/// Type 5: rows of vertices.
Status read_lattice(const Source& source, MeshReader& reader, display::TriangleMesh& out) {
  const int columns = int_or(entry(source.object, "VerticesPerRow"), 0);
  if (columns < 2 || columns > kMeshPatchesMax) return source.fail("a lattice shading without rows");
  while (reader.has_points(1, 1) && !over_limit(source, out.vertices.size()))
    out.vertices.push_back(read_vertex(reader));
  const auto n = static_cast<std::uint32_t>(columns);
  const auto rows = static_cast<std::uint32_t>(out.vertices.size()) / n;
  for (std::uint32_t row = 0; row + 1 < rows; ++row) {
    for (std::uint32_t column = 0; column + 1 < n; ++column) {
      const std::uint32_t a = row * n + column, b = a + 1, c = a + n, d = c + 1;
      out.triangles.push_back({a, b, c});
      out.triangles.push_back({b, d, c});
    }
  }
  return Ok{};
}

/// Where the points of the stream go in p[i][j] (8.7.4.5.8): twelve around the boundary, four inside.
constexpr std::array<std::array<int, 2>, 16> kStreamOrder = {{{0, 0},
                                                              {0, 1},
                                                              {0, 2},
                                                              {0, 3},
                                                              {1, 3},
                                                              {2, 3},
                                                              {3, 3},
                                                              {3, 2},
                                                              {3, 1},
                                                              {3, 0},
                                                              {2, 0},
                                                              {1, 0},
                                                              {1, 1},
                                                              {1, 2},
                                                              {2, 2},
                                                              {2, 1}}};

/// Inner control points of a Coons patch as a tensor-product patch, by the formulas of 8.7.4.5.8. `i` and `j`
/// name the point (1 or 2), `k` and `l` the corner it is near (0 or 3).
void fill_inner_points(display::PatchMesh::Patch& patch) {
  auto& p = patch.p;
  const auto inner = [&p](int i, int j) {
    const int k = i == 1 ? 0 : 3, l = j == 1 ? 0 : 3, far_k = 3 - k, far_l = 3 - l;
    const auto mix = [&](double Point::*axis) {
      return (-4 * p[k][l].*axis + 6 * (p[k][j].*axis + p[i][l].*axis) -
              2 * (p[k][far_l].*axis + p[far_k][l].*axis) + 3 * (p[far_k][j].*axis + p[i][far_l].*axis) -
              p[far_k][far_l].*axis) /
             9;
    };
    return Point{mix(&Point::x), mix(&Point::y)};
  };
  for (int i = 1; i <= 2; ++i) {
    for (int j = 1; j <= 2; ++j) p[i][j] = inner(i, j);
  }
}

/// Edge flags 1 to 3: the new patch's first edge is one of the one before (Tables 84 and 85).
void continue_from(const display::PatchMesh::Patch& last, int flag, display::PatchMesh::Patch& next) {
  for (int i = 0; i < 4; ++i) {
    const auto& to = kStreamOrder[i];
    const auto& from = kStreamOrder[static_cast<std::size_t>((3 * flag + i) % 12)];
    next.p[to[0]][to[1]] = last.p[from[0]][from[1]];
  }
  next.color[0] = last.color[flag];
  next.color[1] = last.color[(flag + 1) & 3];
}

}  // namespace

Result<Geometry> load_triangles(const Source& source, int type) {
  MeshReader reader = ODE_TRY(MeshReader::open(source));
  display::TriangleMesh out;
  out.ramp = reader.ramp();
  if (type == 4) {
    read_free_form(source, reader, out);
  } else {
    ODE_TRY(read_lattice(source, reader, out));
  }
  if (out.triangles.empty())
    source.context.complain(ErrorKind::malformed, "a mesh shading without triangles", source.number);
  return Geometry(std::move(out));
}

Result<Geometry> load_patches(const Source& source, int type) {
  MeshReader reader = ODE_TRY(MeshReader::open(source));
  display::PatchMesh out;
  out.ramp = reader.ramp();
  const int inner = type == 7 ? 4 : 0;
  while (reader.has_flag() && !over_limit(source, out.patches.size())) {
    const int flag = reader.flag();
    const bool fresh = flag == 0 || out.patches.empty();
    if (!reader.has_points((fresh ? 12 : 8) + inner, fresh ? 4 : 2)) break;
    display::PatchMesh::Patch patch;
    if (!fresh) continue_from(out.patches.back(), flag, patch);
    for (int i = fresh ? 0 : 4; i < 12 + inner; ++i)
      patch.p[kStreamOrder[i][0]][kStreamOrder[i][1]] = reader.point();
    for (int i = fresh ? 0 : 2; i < 4; ++i) patch.color[i] = reader.color();
    reader.align();
    if (inner == 0) fill_inner_points(patch);
    out.patches.push_back(patch);
  }
  if (out.patches.empty())
    source.context.complain(ErrorKind::malformed, "a mesh shading without patches", source.number);
  return Geometry(std::move(out));
}

}  // namespace ode::pdf::shadings
