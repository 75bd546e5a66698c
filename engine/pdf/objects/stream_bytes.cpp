// Reads /Filter and /DecodeParms, finds the bytes below all of poppler's filters and undoes the chain with
// ours.
#include "engine/pdf/objects/stream_bytes.h"

#include <Stream.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/pdf/filters/filters.h"

namespace ode::pdf {
namespace {

enum class Filter : std::uint8_t {
  flate,
  lzw,
  run_length,
  ascii85,
  ascii_hex,
  crypt,
  dct,
  jpx,
  jbig2,
  ccitt
};

struct Step {
  Filter filter = Filter::flate;
  Object parms;  // a dictionary or null
};

// Names and the abbreviations of inline images (Table 92); readers take the abbreviations everywhere.
std::optional<Filter> filter_named(std::string_view name) {
  static constexpr std::pair<std::string_view, Filter> kNames[] = {
      {"FlateDecode", Filter::flate},
      {"Fl", Filter::flate},
      {"LZWDecode", Filter::lzw},
      {"LZW", Filter::lzw},
      {"RunLengthDecode", Filter::run_length},
      {"RL", Filter::run_length},
      {"ASCII85Decode", Filter::ascii85},
      {"A85", Filter::ascii85},
      {"ASCIIHexDecode", Filter::ascii_hex},
      {"AHx", Filter::ascii_hex},
      {"Crypt", Filter::crypt},
      {"DCTDecode", Filter::dct},
      {"DCT", Filter::dct},
      {"JPXDecode", Filter::jpx},
      {"JBIG2Decode", Filter::jbig2},
      {"CCITTFaxDecode", Filter::ccitt},
      {"CCF", Filter::ccitt},
  };
  for (const auto& [known, filter] : kNames) {
    if (known == name) return filter;
  }
  return std::nullopt;
}

Object either(Dict& dict, const char* key, const char* abbreviation) {
  Object value = dict.lookup(key);
  if (value.isNull() && abbreviation != nullptr) return dict.lookup(abbreviation);
  return value;
}

enum class Keys : std::uint8_t { full, inline_image };

Result<std::vector<Step>> read_chain(Context& context, Dict& dict, Keys keys, int object) {
  // In a stream dictionary /F is a file specification, so the abbreviations count in inline images alone.
  const bool abbreviated = keys == Keys::inline_image;
  const Object names = either(dict, "Filter", abbreviated ? "F" : nullptr);
  const Object parms = either(dict, "DecodeParms", abbreviated ? "DP" : nullptr);
  std::vector<Step> chain;
  const int count = names.isArray() ? names.arrayGetLength() : names.isName() ? 1 : 0;
  if (count > kFilterChainMax)
    return context.fail(ErrorKind::limit_exceeded, "too many filters on one stream", object);
  for (int i = 0; i < count; ++i) {
    const Object name = names.isArray() ? names.arrayGet(i) : names.copy();
    const auto filter = name.isName() ? filter_named(name.getName()) : std::nullopt;
    if (!filter) {
      return context.fail(ErrorKind::malformed,
                          std::string("unknown filter ") + (name.isName() ? name.getName() : "(no name)"),
                          object);
    }
    Object own = parms.isArray() ? (i < parms.arrayGetLength() ? parms.arrayGet(i) : Object(objNull))
                                 : Object(objNull);
    if (parms.isDict() && (i == 0 || count == 1)) own = parms.copy();
    chain.push_back({*filter, own.isDict() ? std::move(own) : Object(objNull)});
  }
  return chain;
}

int parm(const Object& parms, const char* key, int fallback) {
  if (!parms.isDict()) return fallback;
  const Object value = parms.dictLookup(key);
  return value.isInt() ? value.getInt() : fallback;
}

Result<Decoded> decode_step(const Step& step, ByteView in, std::size_t bytes_max) {
  switch (step.filter) {
    case Filter::flate:
      return decode_flate(in, bytes_max);
    case Filter::lzw:
      return decode_lzw(in, parm(step.parms, "EarlyChange", 1), bytes_max);
    case Filter::run_length:
      return decode_run_length(in, bytes_max);
    case Filter::ascii85:
      return decode_ascii85(in, bytes_max);
    default:
      return decode_ascii_hex(in, bytes_max);
  }
}

Codec codec_of(Filter filter) {
  switch (filter) {
    case Filter::dct:
      return Codec::dct;
    case Filter::jpx:
      return Codec::jpx;
    case Filter::jbig2:
      return Codec::jbig2;
    case Filter::ccitt:
      return Codec::ccitt;
    default:
      return Codec::none;
  }
}

// Pages have a budget; the information functions, which record no page, only the limit per stream.
std::size_t allowance(const Context& context) {
  if (context.diagnostics == nullptr) return kStreamBytesMax;
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>(context.budget.stream_bytes, 0, static_cast<std::int64_t>(kStreamBytesMax)));
}

Result<StreamBytes> run_chain(Context& context, SharedBytes bytes, std::vector<Step> chain, int object) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    Step& step = chain[i];
    if (step.filter == Filter::crypt) continue;
    if (const Codec codec = codec_of(step.filter); codec != Codec::none) {
      // Nothing can follow an image codec but another one, which no reader undoes.
      return StreamBytes{std::move(bytes), codec, std::move(step.parms)};
    }
    Result<Decoded> result = decode_step(step, bytes.view(), allowance(context));
    if (!result) return context.fail(result.error().kind, result.error().message, object);
    Decoded& decoded = *result;
    if (context.diagnostics != nullptr)
      context.budget.stream_bytes -= static_cast<std::int64_t>(decoded.bytes.size());
    if (!decoded.complete) context.complain(ErrorKind::malformed, "damaged stream data", object);
    if (step.filter == Filter::flate || step.filter == Filter::lzw) {
      const PredictorParms predictor{parm(step.parms, "Predictor", 1), parm(step.parms, "Colors", 1),
                                     parm(step.parms, "BitsPerComponent", 8), parm(step.parms, "Columns", 1)};
      if (!undo_predictor(decoded.bytes, predictor)) {
        context.complain(ErrorKind::malformed, "predictor parameters make no sense", object);
      }
    }
    bytes = std::move(decoded.bytes).share();
  }
  return StreamBytes{std::move(bytes), Codec::none, Object(objNull)};
}

// Poppler's view into memory, and which memory: its member is protected.
struct MemoryView : BaseMemStream<const char> {
  static const char* memory_of(const BaseMemStream<const char>& stream) { return stream.*(&MemoryView::buf); }
};

// The bytes as they are in the file, decrypted. Zero-copy for what is not encrypted.
Result<SharedBytes> bytes_below_filters(Context& context, Stream& stream, const std::vector<Step>& chain,
                                        int object) {
  BaseStream* const base = stream.getBaseStream();
  Stream* undecoded = stream.getUndecodedStream();
  // 7.6.6: a Crypt filter is Identity unless it names another: such a stream was never encrypted.
  for (const Step& step : chain) {
    if (step.filter != Filter::crypt) continue;
    const Object name = step.parms.isDict() ? step.parms.dictLookup("Name") : Object(objNull);
    if (!name.isName() || name.isName("Identity")) undecoded = base;
  }
  if (undecoded == base && !context.bytes.empty()) {
    const auto* memory = dynamic_cast<BaseMemStream<const char>*>(base);
    if (memory != nullptr && MemoryView::memory_of(*memory) == as_chars(context.bytes.view()).data()) {
      const Goffset start = base->getStart(), length = base->getLength();
      const auto size = static_cast<Goffset>(context.bytes.size());
      if (start < 0 || start > size)
        return context.fail(ErrorKind::malformed, "stream lies outside the file", object);
      return context.bytes.slice(static_cast<std::size_t>(start),
                                 static_cast<std::size_t>(std::clamp<Goffset>(length, 0, size - start)));
    }
  }
  ByteBuffer out;
  undecoded->reset();
  constexpr int kChunk = 1 << 16;
  for (;;) {
    if (out.capacity() - out.size() < kChunk) {
      const bool fits = out.size() <= kStreamBytesMax && out.reserve(out.capacity() * 2 + kChunk);
      if (!fits) return context.fail(ErrorKind::limit_exceeded, "a stream is longer than the limit", object);
    }
    const int got = undecoded->doGetChars(kChunk, as_u8(out.data() + out.size()));
    if (got <= 0) break;
    out.set_size(out.size() + static_cast<std::size_t>(got));
  }
  undecoded->close();
  return std::move(out).share();
}

}  // namespace

Result<StreamBytes> read_stream(Context& context, const Object& stream, int object_number) {
  if (!stream.isStream()) return context.fail(ErrorKind::malformed, "a stream is missing", object_number);
  Dict* dict = stream.streamGetDict();
  if (dict == nullptr) return context.fail(ErrorKind::malformed, "a stream has no dictionary", object_number);
  std::vector<Step> chain = ODE_TRY(read_chain(context, *dict, Keys::full, object_number));
  SharedBytes raw = ODE_TRY(bytes_below_filters(context, *stream.getStream(), chain, object_number));
  return run_chain(context, std::move(raw), std::move(chain), object_number);
}

Result<StreamBytes> decode_filters(Context& context, SharedBytes raw, Dict& dict, int object_number) {
  std::vector<Step> chain = ODE_TRY(read_chain(context, dict, Keys::inline_image, object_number));
  return run_chain(context, std::move(raw), std::move(chain), object_number);
}

Result<SharedBytes> read_all(Context& context, const Object& stream, int object_number) {
  StreamBytes read = ODE_TRY(read_stream(context, stream, object_number));
  if (read.codec != Codec::none) {
    return context.fail(ErrorKind::unsupported, "an image filter on a stream that is no image",
                        object_number);
  }
  return std::move(read.bytes);
}

}  // namespace ode::pdf
