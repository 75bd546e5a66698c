// IccTransform: Little CMS handles behind RAII. Each transform has its own lcms context, so nothing is shared
// between threads and lcms' messages go nowhere.
#include "engine/color/icc.h"

#include <lcms2.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>

#include "engine/color/icc_srgb.h"

namespace ode::color {
namespace {

constexpr std::size_t kProfileBytesMax = std::size_t{32} << 20;
constexpr std::size_t kProfileBytesMin = 128;  // the header alone
constexpr cmsUInt32Number kFlags = cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION;
/// How far a profile may be from sRGB and still be sRGB: versions of it differ by their rounding of the
/// curve.
constexpr double kSameColor = 1.2 / 255;

struct DeleteContext {
  void operator()(void* p) const { cmsDeleteContext(static_cast<cmsContext>(p)); }
};
struct CloseProfile {
  void operator()(void* p) const { cmsCloseProfile(p); }
};
struct DeleteTransform {
  void operator()(void* p) const { cmsDeleteTransform(p); }
};
using ContextHandle = std::unique_ptr<void, DeleteContext>;
using ProfileHandle = std::unique_ptr<void, CloseProfile>;
using TransformHandle = std::unique_ptr<void, DeleteTransform>;

int components_of(cmsColorSpaceSignature space) {
  switch (space) {
    case cmsSigGrayData:
      return 1;
    case cmsSigRgbData:
      return 3;
    case cmsSigCmykData:
      return 4;
    default:
      return 0;
  }
}

}  // namespace

struct IccTransform::State {
  SharedBytes bytes;
  int components = 0;
  bool srgb = false;
  ContextHandle context;
  TransformHandle single;  ///< 16-bit in, 16-bit out, exact
  mutable std::once_flag row_once;
  mutable TransformHandle row;                 ///< 8-bit, optimised by lcms; null when it could not be made
  mutable std::array<std::uint8_t, 768> gray;  ///< the row transform of one component

  TransformHandle open(int bytes_per_sample, cmsUInt32Number flags) const;
  void prepare_rows(const IccTransform& owner) const;
};

TransformHandle IccTransform::State::open(int bytes_per_sample, cmsUInt32Number flags) const {
  auto* lcms = static_cast<cmsContext>(context.get());
  const ProfileHandle source(
      cmsOpenProfileFromMemTHR(lcms, bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
  const ProfileHandle target(cmsCreate_sRGBProfileTHR(lcms));
  if (!source || !target || components_of(cmsGetColorSpace(source.get())) != components) return nullptr;
  const auto in =
      cmsFormatterForColorspaceOfProfile(source.get(), static_cast<cmsUInt32Number>(bytes_per_sample), 0);
  const cmsUInt32Number out = bytes_per_sample == 1 ? TYPE_RGB_8 : TYPE_RGB_16;
  return TransformHandle(
      cmsCreateTransformTHR(lcms, source.get(), in, target.get(), out, INTENT_RELATIVE_COLORIMETRIC, flags));
}

void IccTransform::State::prepare_rows(const IccTransform& owner) const {
  if (components != 1) {
    row = open(1, kFlags);
    return;
  }
  for (int code = 0; code < 256; ++code) {
    const double a = code / 255.0;
    const Rgb c = owner.convert({&a, 1});
    gray[3 * code] = static_cast<std::uint8_t>(c.r * 255 + 0.5F);
    gray[3 * code + 1] = static_cast<std::uint8_t>(c.g * 255 + 0.5F);
    gray[3 * code + 2] = static_cast<std::uint8_t>(c.b * 255 + 0.5F);
  }
}

IccTransform::IccTransform(std::unique_ptr<State> state) : state_(std::move(state)) {}
IccTransform::~IccTransform() = default;
int IccTransform::components() const { return state_->components; }
bool IccTransform::is_srgb() const { return state_->srgb; }

namespace {

/// Compares a grid of colours and the grey axis with sRGB.
bool looks_like_srgb(const IccTransform& transform) {
  const auto same = [&](const std::array<double, 3>& in) {
    const Rgb out = transform.convert(in);
    return std::fabs(out.r - in[0]) <= kSameColor && std::fabs(out.g - in[1]) <= kSameColor &&
           std::fabs(out.b - in[2]) <= kSameColor;
  };
  for (int i = 0; i <= 16; ++i) {
    if (!same({i / 16.0, i / 16.0, i / 16.0})) return false;
  }
  for (int i = 0; i < 64; ++i) {
    if (!same({(i & 3) / 3.0, (i >> 2 & 3) / 3.0, (i >> 4) / 3.0})) return false;
  }
  return true;
}

}  // namespace

Result<std::shared_ptr<const IccTransform>> IccTransform::create(SharedBytes profile, int components) {
  if (profile.size() > kProfileBytesMax) return Error{ErrorKind::limit_exceeded, "ICC profile too large"};
  if (profile.size() < kProfileBytesMin) return Error{ErrorKind::malformed, "ICC profile truncated"};
  auto state = std::make_unique<State>();
  state->bytes = std::move(profile);
  state->components = components;
  if (components == 3 && is_srgb_profile(state->bytes.view())) {
    state->srgb = true;
    return std::shared_ptr<const IccTransform>(new IccTransform(std::move(state)));
  }
  state->context.reset(cmsCreateContext(nullptr, nullptr));
  if (!state->context) return Error{ErrorKind::internal, "no colour management context"};
  state->single = state->open(2, kFlags | cmsFLAGS_NOOPTIMIZE);
  if (!state->single) return Error{ErrorKind::malformed, "unusable ICC profile"};
  std::shared_ptr<IccTransform> transform(new IccTransform(std::move(state)));
  if (components == 3) transform->state_->srgb = looks_like_srgb(*transform);
  return std::shared_ptr<const IccTransform>(std::move(transform));
}

Rgb IccTransform::convert(std::span<const double> in) const {
  std::array<double, 4> v{};
  for (int i = 0; i < state_->components; ++i) v[i] = in[i] > 0 ? std::min(in[i], 1.0) : 0.0;
  if (state_->srgb) return {static_cast<float>(v[0]), static_cast<float>(v[1]), static_cast<float>(v[2])};
  std::array<std::uint16_t, 4> wide{};
  std::array<std::uint16_t, 3> out{};
  for (int i = 0; i < 4; ++i) wide[i] = static_cast<std::uint16_t>(v[i] * 65535 + 0.5);
  cmsDoTransform(state_->single.get(), wide.data(), out.data(), 1);
  return {static_cast<float>(out[0] / 65535.0), static_cast<float>(out[1] / 65535.0),
          static_cast<float>(out[2] / 65535.0)};
}

void IccTransform::convert_row(const std::uint8_t* in, std::uint8_t* rgb, std::size_t count) const {
  if (state_->srgb) {
    std::memcpy(rgb, in, 3 * count);
    return;
  }
  std::call_once(state_->row_once, [this] { state_->prepare_rows(*this); });
  if (state_->components == 1) {
    for (std::size_t i = 0; i < count; ++i) std::memcpy(rgb + 3 * i, &state_->gray[3 * in[i]], 3);
    return;
  }
  if (state_->row) {
    cmsDoTransform(state_->row.get(), in, rgb, static_cast<cmsUInt32Number>(count));
    return;
  }
  const int n = state_->components;
  for (std::size_t i = 0; i < count; ++i, in += n, rgb += 3) {
    std::array<double, 4> v{};
    for (int j = 0; j < n; ++j) v[j] = in[j] / 255.0;
    const Rgb c = convert(std::span(v.data(), static_cast<std::size_t>(n)));
    rgb[0] = static_cast<std::uint8_t>(c.r * 255 + 0.5F);
    rgb[1] = static_cast<std::uint8_t>(c.g * 255 + 0.5F);
    rgb[2] = static_cast<std::uint8_t>(c.b * 255 + 0.5F);
  }
}

}  // namespace ode::color
