// PNG encoding of a page of text and of a photograph, and the same filtered rows through libdeflate for
// comparison.
#include <benchmark/benchmark.h>
#include <libdeflate.h>

#include <vector>

#include "engine/images/encode/deflate.h"
#include "engine/images/encode/encode.h"
#include "engine/images/encode/test_pictures.h"

namespace ode::images {
namespace {

constexpr int kWidth_px = 1275, kHeight_px = 1650;  // US letter at 150 dpi

Pixmap picture(std::int64_t kind) {
  return kind == 0 ? text_page(kWidth_px, kHeight_px) : photo(kWidth_px, kHeight_px);
}

void encode_png(benchmark::State& state) {
  const Pixmap page = picture(state.range(0));
  std::size_t size = 0;
  for (auto _ : state) {
    size = 0;
    auto encoder = make_encoder({}, [&size](ByteView bytes) -> Status {
      size += bytes.size();
      return Ok{};
    });
    const Status done[] = {(*encoder)->begin(kWidth_px, kHeight_px), (*encoder)->rows(page),
                           (*encoder)->end()};
    for (const Status& status : done) {
      if (!status) state.SkipWithError(status.error().message.c_str());
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(page.samples.size()));
  state.counters["file_bytes"] = static_cast<double>(size);
}
BENCHMARK(encode_png)->Arg(0)->Arg(1)->ArgName("photo")->Unit(benchmark::kMillisecond);

/// Grey rows with filter bytes, as a PNG of the text page has them.
std::vector<std::uint8_t> gray_rows() {
  const Pixmap page = picture(0);
  std::vector<std::uint8_t> rows;
  for (int y = 0; y < kHeight_px; ++y) {
    rows.push_back(0);
    for (int x = 0; x < kWidth_px; ++x) rows.push_back(page.row(y)[4 * x]);
  }
  return rows;
}

void deflate_rows_ours(benchmark::State& state) {
  const std::vector<std::uint8_t> rows = gray_rows();
  RowDeflater deflater;
  ByteVector out;
  for (auto _ : state) {
    out.clear();
    deflater.compress(ByteView(reinterpret_cast<const std::byte*>(rows.data()), rows.size()), 1,
                      kWidth_px + 1, out);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
  state.counters["file_bytes"] = static_cast<double>(out.size());
}
BENCHMARK(deflate_rows_ours)->Unit(benchmark::kMillisecond);

void deflate_rows_libdeflate(benchmark::State& state) {
  const std::vector<std::uint8_t> rows = gray_rows();
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(static_cast<int>(state.range(0)));
  std::vector<std::uint8_t> out(libdeflate_deflate_compress_bound(compressor, rows.size()));
  std::size_t size = 0;
  for (auto _ : state)
    size = libdeflate_deflate_compress(compressor, rows.data(), rows.size(), out.data(), out.size());
  libdeflate_free_compressor(compressor);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
  state.counters["file_bytes"] = static_cast<double>(size);
}
BENCHMARK(deflate_rows_libdeflate)->Arg(1)->Arg(6)->ArgName("level")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ode::images
