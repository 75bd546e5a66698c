// See images/bytes.h.
#include "engine/pdf/images/bytes.h"

#include <Stream.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

using Kind = ImageBytes::Step::Kind;

struct Named {
  std::string_view name, abbreviation;
};
constexpr Named kByteFilters[] = {{"FlateDecode", "Fl"},
                                  {"LZWDecode", "LZW"},
                                  {"RunLengthDecode", "RL"},
                                  {"ASCII85Decode", "A85"},
                                  {"ASCIIHexDecode", "AHx"}};
constexpr Named kCodecs[] = {
    {"DCTDecode", "DCT"}, {"JPXDecode", "JPX"}, {"JBIG2Decode", "JBIG2Decode"}, {"CCITTFaxDecode", "CCF"}};
constexpr Codec kCodecOf[] = {Codec::dct, Codec::jpx, Codec::jbig2, Codec::ccitt};

template <std::size_t N>
int index_of(const Named (&table)[N], std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (table[i].name == name || table[i].abbreviation == name) return static_cast<int>(i);
  }
  return -1;
}

ImageBytes::Step step_of(int kind, const Object& parms) {
  ImageBytes::Step step;
  step.kind = static_cast<Kind>(kind);
  step.early_change = int_or(entry(parms, "EarlyChange"), 1);
  step.predictor = {int_or(entry(parms, "Predictor"), 1), int_or(entry(parms, "Colors"), 1),
                    int_or(entry(parms, "BitsPerComponent"), 8), int_or(entry(parms, "Columns"), 1)};
  return step;
}

Result<Decoded> undo(const ImageBytes::Step& step, ByteView in) {
  switch (step.kind) {
    case Kind::flate:
      return decode_flate(in, kStreamBytesMax);
    case Kind::lzw:
      return decode_lzw(in, step.early_change, kStreamBytesMax);
    case Kind::run_length:
      return decode_run_length(in, kStreamBytesMax);
    case Kind::ascii85:
      return decode_ascii85(in, kStreamBytesMax);
    case Kind::ascii_hex:
      break;
  }
  return decode_ascii_hex(in, kStreamBytesMax);
}

/// Reads the protected pointer of poppler's memory streams, to tell the file's own from others.
struct BufferOf : BaseMemStream<const char> {
  static const char* of(const BaseMemStream<const char>& stream) { return stream.*(&BufferOf::buf); }
};

/// The undecoded bytes: a view into the file, or, of an encrypted stream, a decrypted copy.
Result<SharedBytes> raw_bytes(Context& context, Stream& stream, bool identity_crypt, int object) {
  BaseStream* const base = stream.getBaseStream();
  Stream* const undecoded = identity_crypt ? base : stream.getUndecodedStream();
  const auto* memory = dynamic_cast<BaseMemStream<const char>*>(base);
  if (undecoded == base && memory != nullptr &&
      BufferOf::of(*memory) == as_chars(context.bytes.view()).data()) {
    const auto size = static_cast<Goffset>(context.bytes.size());
    const Goffset start = std::clamp<Goffset>(base->getStart(), 0, size);
    const Goffset length = std::clamp<Goffset>(base->getLength(), 0, size - start);
    return context.bytes.slice(static_cast<std::size_t>(start), static_cast<std::size_t>(length));
  }
  ByteVector out;
  constexpr std::size_t kChunk = 1 << 16;
  undecoded->reset();
  for (;;) {
    const std::size_t size = out.size();
    if (size > kStreamBytesMax)
      return context.fail(ErrorKind::limit_exceeded, "an image stream is too long", object);
    out.resize(size + kChunk);
    const int got = undecoded->doGetChars(static_cast<int>(kChunk), as_u8(out.data() + size));
    out.resize(size + static_cast<std::size_t>(std::max(got, 0)));
    if (got <= 0) break;
  }
  undecoded->close();
  return SharedBytes(std::move(out));
}

}  // namespace

Result<OpenImageBytes> open_image_bytes(Context& context, const Object& stream, int object_number) {
  if (!stream.isStream()) return context.fail(ErrorKind::malformed, "an image is no stream", object_number);
  const Object names = entry(stream, "Filter"), all_parms = entry(stream, "DecodeParms");
  const int count = names.isArray() ? element_count(names) : names.isName() ? 1 : 0;
  if (count > kFilterChainMax) {
    return context.fail(ErrorKind::limit_exceeded, "too many filters on one stream", object_number);
  }
  OpenImageBytes out;
  bool identity_crypt = false;
  for (int i = 0; i < count && out.codec == Codec::none; ++i) {
    const std::string name = names.isArray() ? name_of(element(names, i)) : name_of(names);
    Object parms = all_parms.isDict() && (i == 0 || count == 1) ? all_parms.copy() : element(all_parms, i);
    if (const int codec = index_of(kCodecs, name); codec >= 0) {
      out.codec = kCodecOf[codec];
      out.parms = std::move(parms);
    } else if (const int filter = index_of(kByteFilters, name); filter >= 0) {
      out.bytes.steps.push_back(step_of(filter, parms));
    } else if (name == "Crypt") {
      const std::string crypt = name_of(entry(parms, "Name"));
      identity_crypt = identity_crypt || crypt.empty() || crypt == "Identity";
    } else {
      return context.fail(ErrorKind::malformed, "unknown filter " + name, object_number);
    }
  }
  out.bytes.raw = ODE_TRY(raw_bytes(context, *stream.getStream(), identity_crypt, object_number));
  return out;
}

Result<SharedBytes> ImageBytes::read() const {
  SharedBytes bytes = raw;
  for (const Step& step : steps) {
    Decoded decoded = ODE_TRY(undo(step, bytes.view()));
    // Parameters that make no sense leave the bytes as they are.
    if (step.kind == Kind::flate || step.kind == Kind::lzw) undo_predictor(decoded.bytes, step.predictor);
    bytes = std::move(decoded.bytes).share();
  }
  if (bytes.empty()) return Error{ErrorKind::malformed, "an image without data"};
  return bytes;
}

}  // namespace ode::pdf
