// Round trips through libdeflate's decompressor, and properties of the Huffman codes.
#include "engine/images/encode/deflate.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstring>
#include <numeric>
#include <vector>

#include "engine/images/encode/huffman.h"
#include "engine/images/encode/test_pictures.h"

namespace ode::images {
namespace {

std::vector<std::uint8_t> inflated(ByteVector stream, std::size_t size) {
  for (const std::uint8_t b : kDeflateEnd) stream.push_back(static_cast<std::byte>(b));
  std::vector<std::uint8_t> out(size + 1);
  std::size_t got = 0;
  libdeflate_decompressor* d = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_deflate_decompress(d, stream.data(), stream.size(), out.data(), out.size(), &got),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(d);
  out.resize(got);
  return out;
}

ByteView view_of(const std::vector<std::uint8_t>& v) {
  return {reinterpret_cast<const std::byte*>(v.data()), v.size()};
}

void expect_round_trip(const std::vector<std::uint8_t>& data, std::size_t row_bytes) {
  RowDeflater deflater;
  for (const std::size_t pixel_bytes : {1, 3, 4}) {
    ByteVector stream;
    deflater.compress(view_of(data), pixel_bytes, row_bytes, stream);
    EXPECT_TRUE(inflated(stream, data.size()) == data) << data.size() << " " << pixel_bytes;
  }
}

TEST(RowDeflater, short_inputs_come_back) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<std::uint8_t> data(size);
    expect_round_trip(data, 7);
    std::iota(data.begin(), data.end(), std::uint8_t{1});
    expect_round_trip(data, 7);
  }
}

TEST(RowDeflater, runs_of_every_length_come_back) {
  for (std::size_t run = 1; run < 1100; run += run < 20 ? 1 : 7) {
    std::vector<std::uint8_t> data = {1, 2, 3};
    data.insert(data.end(), run, 9);
    data.insert(data.end(), {4, 5, 6, 7, 8, 1, 2, 3, 4});
    expect_round_trip(data, 50);
  }
}

TEST(RowDeflater, mixtures_of_runs_rows_and_noise_come_back) {
  Numbers numbers(21);
  for (int round = 0; round < 60; ++round) {
    const std::size_t row_bytes = 2 + numbers.below(round % 5 == 0 ? 50'000 : 900);
    std::vector<std::uint8_t> data;
    while (data.size() < 150'000) {
      const std::size_t count = 1 + numbers.below(round % 3 == 0 ? 30 : 2000);
      const std::uint32_t kind = numbers.below(3);
      const auto value = static_cast<std::uint8_t>(numbers.below(256));
      for (std::size_t i = 0; i < count; ++i) {
        std::uint8_t v = value;
        if (kind == 1 && data.size() >= row_bytes) v = data[data.size() - row_bytes];
        if (kind == 2) v = static_cast<std::uint8_t>(numbers.below(256));
        data.push_back(v);
      }
    }
    expect_round_trip(data, row_bytes);
  }
}

TEST(RowDeflater, pieces_follow_each_other_in_one_stream) {
  RowDeflater deflater;
  ByteVector stream;
  std::vector<std::uint8_t> all;
  Numbers numbers(4);
  for (int piece = 0; piece < 20; ++piece) {
    std::vector<std::uint8_t> data(numbers.below(5000));
    for (auto& v : data) v = static_cast<std::uint8_t>(numbers.below(piece % 2 == 0 ? 256 : 3));
    deflater.compress(view_of(data), 1, 100, stream);
    all.insert(all.end(), data.begin(), data.end());
  }
  EXPECT_TRUE(inflated(stream, all.size()) == all);
}

TEST(RowDeflater, incompressible_data_grows_by_less_than_a_percent) {
  std::vector<std::uint8_t> data(200'000);
  Numbers numbers(8);
  for (auto& v : data) v = static_cast<std::uint8_t>(numbers.below(256));
  RowDeflater deflater;
  ByteVector stream;
  deflater.compress(view_of(data), 3, 1000, stream);
  EXPECT_LT(stream.size(), data.size() + 500);
}

TEST(RowDeflater, values_are_those_that_occur) {
  std::vector<std::uint8_t> data(5000, 7);
  data[2500] = 200;
  data[4999] = 3;
  RowDeflater deflater;
  ByteVector stream;
  deflater.compress(view_of(data), 1, 100, stream);
  EXPECT_EQ(deflater.values().count(), 3u);
  EXPECT_TRUE(deflater.values().test(7) && deflater.values().test(200) && deflater.values().test(3));
  deflater.forget_values();
  EXPECT_TRUE(deflater.values().none());
}

std::uint64_t kraft_sum(std::span<const HuffmanCode> codes, int length_max) {
  std::uint64_t sum = 0;
  for (const HuffmanCode& c : codes) {
    if (c.length != 0) sum += std::uint64_t{1} << (length_max - c.length);
  }
  return sum;
}

TEST(Huffman, lengths_are_limited_and_the_code_is_complete) {
  // Fibonacci frequencies make the deepest trees.
  std::vector<std::uint32_t> frequencies = {1, 1};
  while (frequencies.size() < 40) frequencies.push_back(frequencies.end()[-1] + frequencies.end()[-2]);
  for (const int length_max : {6, 7, 14, 15}) {
    std::vector<HuffmanCode> codes(frequencies.size());
    make_huffman_codes(frequencies, length_max, codes);
    for (const HuffmanCode& c : codes) EXPECT_TRUE(c.length >= 1 && c.length <= length_max);
    EXPECT_EQ(kraft_sum(codes, length_max), std::uint64_t{1} << length_max);
  }
}

TEST(Huffman, no_code_is_the_beginning_of_another) {
  const std::vector<std::uint32_t> frequencies = {5, 0, 9, 1, 1, 30, 2, 0, 7};
  std::vector<HuffmanCode> codes(frequencies.size());
  make_huffman_codes(frequencies, 15, codes);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    EXPECT_EQ(codes[i].length == 0, frequencies[i] == 0);
    for (std::size_t j = 0; j < codes.size(); ++j) {
      if (i == j || codes[i].length == 0 || codes[j].length < codes[i].length) continue;
      EXPECT_NE(codes[i].bits, codes[j].bits & ((1 << codes[i].length) - 1));
    }
  }
}

TEST(Huffman, rare_symbols_get_long_codes) {
  const std::vector<std::uint32_t> frequencies = {1000, 10, 100, 1};
  std::vector<HuffmanCode> codes(4);
  make_huffman_codes(frequencies, 15, codes);
  EXPECT_EQ(codes[0].length, 1);
  EXPECT_EQ(codes[2].length, 2);
  EXPECT_EQ(codes[3].length, 3);
}

TEST(Huffman, a_single_symbol_still_gives_two_codes) {
  std::vector<std::uint32_t> frequencies(30);
  frequencies[17] = 4;
  std::vector<HuffmanCode> codes(30);
  make_huffman_codes(frequencies, 14, codes);
  EXPECT_EQ(kraft_sum(codes, 14), std::uint64_t{1} << 14);
  EXPECT_EQ(codes[17].length, 1);
}

}  // namespace
}  // namespace ode::images
