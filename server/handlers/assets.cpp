// GET / , /status and /assets/…: negotiated coding, validators, ranges, caching.
#include "server/handlers/assets.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <cassert>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/base/digest.h"
#include "server/base/text.h"
#include "server/handlers/context.h"
#include "server/handlers/file_table.h"
#include "server/http/range.h"

namespace ode::server {
namespace {

namespace fs = std::filesystem;

// Scripts and styles from here alone, nothing inline; WebAssembly may be compiled; results are shown from
// blobs, in a sandbox.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self' blob: data:; connect-src 'self'; "
    "worker-src 'self' blob:; frame-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri "
    "'none'";

std::string type_of(const std::string& path) {
  static const std::map<std::string, std::string> types = {{".html", "text/html; charset=utf-8"},
                                                           {".js", "text/javascript; charset=utf-8"},
                                                           {".mjs", "text/javascript; charset=utf-8"},
                                                           {".css", "text/css; charset=utf-8"},
                                                           {".json", "application/json"},
                                                           {".wasm", "application/wasm"},
                                                           {".svg", "image/svg+xml"},
                                                           {".png", "image/png"},
                                                           {".ico", "image/x-icon"},
                                                           {".woff2", "font/woff2"},
                                                           {".map", "application/json"},
                                                           {".txt", "text/plain; charset=utf-8"}};
  const auto found = types.find(fs::path(path).extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

std::string brotli_of(const std::string& bytes) {
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()) + 16, '\0');
  std::size_t size = out.size();
  const int ok = BrotliEncoderCompress(9, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                                       reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                       reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(ok != 0 && size < bytes.size() ? size : 0);
  return out;
}

std::string gzip_of(const std::string& bytes) {
  constexpr int kGzip = 16 + 15;
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(ended == Z_STREAM_END && stream.total_out < bytes.size() ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

/// "app.3f2a9c10.js": a part of at least eight hexadecimal digits.
bool has_digest(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  for (std::string_view part : split(name, '.')) {
    const std::size_t dash = part.rfind('-');
    if (dash != std::string_view::npos) part.remove_prefix(dash + 1);
    if (part.size() >= 8 && part.find_first_not_of("0123456789abcdef") == std::string_view::npos) return true;
  }
  return false;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

Response asset_response(const Request& request, const Asset& asset) {
  const std::string accepted = request.header("accept-encoding");
  const int brotli = asset.brotli.empty() ? 0 : coding_quality(accepted, "br"),
            gzip = asset.gzip.empty() ? 0 : coding_quality(accepted, "gzip"),
            identity = coding_quality(accepted, "identity");
  Response response;
  const char* coding = "";
  const std::string* bytes = &asset.identity;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) {
    coding = "br";
    bytes = &asset.brotli;
  } else if (gzip > 0 && gzip >= identity) {
    coding = "gzip";
    bytes = &asset.gzip;
  }
  const std::string tag = "\"" + asset.etag + (*coding == '\0' ? "" : "-") + coding + "\"";
  response.headers = {
      {"Content-Type", asset.content_type},
      {"ETag", tag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", asset.hashed_name ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (asset.content_type.rfind("text/html", 0) == 0) response.with("Content-Security-Policy", kPagePolicy);
  if (names_tag(request.header("if-none-match"), tag)) {
    response.status = 304;
    return response;
  }
  if (*coding != '\0') {
    response.with("Content-Encoding", coding);
    response.body = *bytes;
    return response;
  }
  response.with("Accept-Ranges", "bytes");
  const std::int64_t size = static_cast<std::int64_t>(bytes->size());
  const ByteRange range = parse_range(request.header("range"), size);
  if (range.kind == ByteRange::Kind::unsatisfiable)
    return problem_response(request, Problem::range_not_satisfiable,
                            "there are " + std::to_string(size) + " bytes")
        .with("Content-Range", "bytes */" + std::to_string(size));
  if (range.kind == ByteRange::Kind::part) {
    response.status = 206;
    response.with("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                       std::to_string(range.first + range.length - 1) + "/" +
                                       std::to_string(size));
  }
  response.body =
      bytes->substr(static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.length));
  return response;
}

}  // namespace

std::string_view built_in_file(std::string_view name) {
  for (const BuiltInFile& file : built_in_files()) {
    if (file.name == name) return file.bytes;
  }
  assert(false);
  return {};
}

void Assets::add(const std::string& path, std::string bytes, std::string brotli, std::string gzip) {
  Asset asset;
  asset.content_type = type_of(path);
  asset.etag = sha256_hex(bytes).substr(0, 24);
  asset.hashed_name = has_digest(path);
  asset.brotli = std::move(brotli);
  asset.gzip = std::move(gzip);
  asset.identity = std::move(bytes);
  assets_[path] = std::move(asset);
}

Assets Assets::built_in() {
  Assets assets;
  for (const BuiltInFile& file : built_in_files()) {
    std::string bytes(file.bytes);
    std::string brotli = brotli_of(bytes), gzip = gzip_of(bytes);
    const std::string name(file.name);
    const std::string path = name == "index.html"     ? "/"
                             : name == "status.html"  ? "/status"
                             : name == "openapi.json" ? "/openapi.json"
                                                      : "/assets/" + name;
    assets.add(path, std::move(bytes), std::move(brotli), std::move(gzip));
    assets.assets_[path].content_type = type_of(name);
  }
  return assets;
}

Status Assets::add_directory(const std::string& directory) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; at != end && !error; at.increment(error)) {
    const std::string extension = at->path().extension().string();
    if (!at->is_regular_file(error) || extension == ".br" || extension == ".gz") continue;
    const std::string path = "/assets/" + fs::relative(at->path(), directory).generic_string();
    add(path, contents(at->path()), contents(at->path().string() + ".br"),
        contents(at->path().string() + ".gz"));
    if (path == "/assets/index.html") assets_["/"] = assets_[path];
  }
  if (error) return Error{ErrorKind::io, directory + ": " + error.message()};
  return Ok{};
}

const Asset* Assets::find(const std::string& path) const {
  const auto found = assets_.find(path);
  return found == assets_.end() ? nullptr : &found->second;
}

void add_asset_routes(Router& router, Context& context) {
  const auto serve = [&context](Request& request) {
    const std::string path =
        request.parameter("path").empty() ? request.path : "/assets/" + request.parameter("path");
    const Asset* const asset = context.assets.find(path);
    return asset == nullptr ? problem_response(request, Problem::not_found, "no such file")
                            : asset_response(request, *asset);
  };
  router.add({"GET", "/", Route::Access::open, serve});
  router.add({"GET", "/status", Route::Access::open, serve});
  router.add({"GET", "/openapi.json", Route::Access::open, serve});
  router.add({"GET", "/assets/{path*}", Route::Access::open, serve});
}

}  // namespace ode::server
