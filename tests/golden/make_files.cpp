// Writes the pictures and colour profiles of files/ with libjpeg, OpenJPEG and Little CMS; make_files calls
// it. Built by `ninja make_golden_files` only: what it wrote is kept, so that other versions of those
// libraries change no test.
#include <lcms2.h>
#include <openjpeg.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
// jpeglib.h wants size_t and FILE declared first.
#include <jpeglib.h>

namespace {

constexpr int kSide = 16;

/// Channel `c` at a pixel: gradients to the right, downwards, and a chequerboard of four.
int sample(int x, int y, int c) {
  if (c == 0) return x * 17;
  if (c == 1) return y * 17;
  return (x / 4 + y / 4) % 2 == 0 ? 200 : 40;
}

struct JpegKind {
  J_COLOR_SPACE in = JCS_RGB, stored = JCS_YCbCr;
  int components = 3;
  bool progressive = false, adobe = false, inverted = false;
};

void write_jpeg(const std::string& path, const JpegKind& kind) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) std::abort();
  jpeg_stdio_dest(&info, out);
  info.image_width = info.image_height = kSide;
  info.input_components = kind.components;
  info.in_color_space = kind.in;
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, kind.stored);
  jpeg_set_quality(&info, 95, TRUE);
  if (kind.progressive) jpeg_simple_progression(&info);
  info.write_Adobe_marker = kind.adobe;
  info.write_JFIF_header = !kind.adobe && kind.stored != JCS_RGB;
  jpeg_start_compress(&info, TRUE);
  for (int y = 0; y < kSide; ++y) {
    std::vector<JSAMPLE> row;
    for (int x = 0; x < kSide; ++x) {
      for (int c = 0; c < kind.components; ++c) {
        const int value = c == 3 ? 30 : sample(x, y, c);
        row.push_back(static_cast<JSAMPLE>(kind.inverted ? 255 - value : value));
      }
    }
    JSAMPROW rows[] = {row.data()};
    jpeg_write_scanlines(&info, rows, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::fclose(out);
}

void write_jpx(const std::string& path, OPJ_CODEC_FORMAT format, int components, OPJ_COLOR_SPACE space) {
  std::vector<opj_image_cmptparm_t> parms(static_cast<std::size_t>(components));
  for (opj_image_cmptparm_t& parm : parms) parm.dx = parm.dy = 1, parm.w = parm.h = kSide, parm.prec = 8;
  opj_image_t* image = opj_image_create(static_cast<OPJ_UINT32>(components), parms.data(), space);
  image->x1 = image->y1 = kSide;
  for (int c = 0; c < components; ++c) {
    image->comps[c].alpha = c == 3 ? 1 : 0;
    for (int i = 0; i < kSide * kSide; ++i)
      image->comps[c].data[i] = c == 3 ? 255 - sample(i % kSide, 0, 0) : sample(i % kSide, i / kSide, c);
  }
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 3;
  opj_codec_t* codec = opj_create_compress(format);
  opj_stream_t* stream = opj_stream_create_default_file_stream(path.c_str(), OPJ_FALSE);
  if (!opj_setup_encoder(codec, &parameters, image) || !opj_start_compress(codec, image, stream) ||
      !opj_encode(codec, stream) || !opj_end_compress(codec, stream))
    std::abort();
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
}

void save(cmsHPROFILE profile, const std::string& path) {
  if (!cmsSaveProfileToFile(profile, path.c_str())) std::abort();
  cmsCloseProfile(profile);
}

/// Inks on white paper, in Lab: each takes its share of light away, black most.
cmsInt32Number lab_of_cmyk(const cmsUInt16Number in[], cmsUInt16Number out[], void*) {
  const double c = in[0] / 65535.0, m = in[1] / 65535.0, y = in[2] / 65535.0, k = in[3] / 65535.0;
  cmsCIELab lab;
  lab.L = (100 - 38 * c - 48 * m - 8 * y) * (1 - 0.85 * k);
  lab.a = (-35 * c + 70 * m - 5 * y) * (1 - 0.9 * k);
  lab.b = (-45 * c - 5 * m + 85 * y) * (1 - 0.9 * k);
  if (lab.L < 0) lab.L = 0;
  cmsFloat2LabEncoded(out, &lab);
  return TRUE;
}

void write_cmyk_profile(const std::string& path) {
  const cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
  cmsSetProfileVersion(profile, 4.2);
  cmsSetDeviceClass(profile, cmsSigOutputClass);
  cmsSetColorSpace(profile, cmsSigCmykData);
  cmsSetPCS(profile, cmsSigLabData);
  cmsPipeline* pipeline = cmsPipelineAlloc(nullptr, 4, 3);
  cmsStage* table = cmsStageAllocCLut16bit(nullptr, 3, 4, 3, nullptr);
  if (!cmsStageSampleCLut16bit(table, lab_of_cmyk, nullptr, 0)) std::abort();
  cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, cmsStageAllocToneCurves(nullptr, 4, nullptr));
  cmsPipelineInsertStage(pipeline, cmsAT_END, table);
  cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(nullptr, 3, nullptr));
  if (!cmsWriteTag(profile, cmsSigAToB0Tag, pipeline)) std::abort();
  cmsPipelineFree(pipeline);
  save(profile, path);
}

void write_profiles(const std::string& directory) {
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE wide = {{0.68, 0.32, 1}, {0.265, 0.69, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* steep = cmsBuildGamma(nullptr, 2.6);
  cmsToneCurve* straight = cmsBuildGamma(nullptr, 1);
  cmsToneCurve* curves[] = {steep, steep, steep};
  save(cmsCreateRGBProfile(&white, &wide, curves), directory + "/rgb.icc");
  save(cmsCreateGrayProfile(cmsD50_xyY(), straight), directory + "/gray.icc");
  cmsFreeToneCurve(steep);
  cmsFreeToneCurve(straight);
  write_cmyk_profile(directory + "/cmyk.icc");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: make_golden_files DIRECTORY\n", stderr), 1;
  const std::string directory = argv[1];
  write_jpeg(directory + "/color.jpg", {});
  write_jpeg(directory + "/progressive.jpg", {.progressive = true});
  write_jpeg(directory + "/gray.jpg", {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE, .components = 1});
  write_jpeg(directory + "/cmyk.jpg",
             {.in = JCS_CMYK, .stored = JCS_CMYK, .components = 4, .adobe = true, .inverted = true});
  write_jpeg(directory + "/rgb.jpg", {.stored = JCS_RGB});
  write_jpx(directory + "/color.jp2", OPJ_CODEC_JP2, 3, OPJ_CLRSPC_SRGB);
  write_jpx(directory + "/gray.j2k", OPJ_CODEC_J2K, 1, OPJ_CLRSPC_GRAY);
  write_jpx(directory + "/alpha.jp2", OPJ_CODEC_JP2, 4, OPJ_CLRSPC_SRGB);
  write_profiles(directory);
  return 0;
}
