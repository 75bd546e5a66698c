// The encoders of single formats, for make_encoder (encode/encode.cpp), which has checked the settings.
#pragma once

#include "engine/images/encode/encode.h"

namespace ode::images {

std::unique_ptr<Encoder> make_png_encoder(const EncodeSettings& settings, ByteSink sink);
std::unique_ptr<Encoder> make_jpeg_encoder(const EncodeSettings& settings, ByteSink sink);
std::unique_ptr<Encoder> make_webp_encoder(const EncodeSettings& settings, ByteSink sink);
/// PPM and PAM.
std::unique_ptr<Encoder> make_pnm_encoder(const EncodeSettings& settings, ByteSink sink);

}  // namespace ode::images
