#include "engine/text/scripts.h"

#include <algorithm>
#include <iterator>

namespace ode::text {
namespace {

struct Span {
  char32_t first, last;
};

template <std::size_t n>
bool is_in(const Span (&spans)[n], char32_t c) {
  const auto at = std::lower_bound(std::begin(spans), std::end(spans), c,
                                   [](const Span& span, char32_t wanted) { return span.last < wanted; });
  return at != std::end(spans) && at->first <= c;
}

/// General category Mn of the scripts that are written from right to left, and of what all share.
constexpr Span kMarks[] = {
    {0x300, 0x36f},     {0x591, 0x5bd},     {0x5bf, 0x5bf},     {0x5c1, 0x5c2},    {0x5c4, 0x5c5},
    {0x5c7, 0x5c7},     {0x610, 0x61a},     {0x64b, 0x65f},     {0x670, 0x670},    {0x6d6, 0x6dc},
    {0x6df, 0x6e4},     {0x6e7, 0x6e8},     {0x6ea, 0x6ed},     {0x711, 0x711},    {0x730, 0x74a},
    {0x7a6, 0x7b0},     {0x7eb, 0x7f3},     {0x816, 0x82d},     {0x859, 0x85b},    {0x8ca, 0x8ff},
    {0x1ab0, 0x1aff},   {0x1dc0, 0x1dff},   {0x20d0, 0x20f0},   {0xfb1e, 0xfb1e},  {0xfe20, 0xfe2f},
    {0x10a01, 0x10a0f}, {0x10a38, 0x10a3f}, {0x1e8d0, 0x1e8d6}, {0x1e944, 0x1e94a}};

constexpr Span kRight[] = {{0x590, 0x605},   {0x608, 0x608},     {0x60b, 0x60b},    {0x60d, 0x60d},
                           {0x61b, 0x65f},   {0x66d, 0x6dc},     {0x6e5, 0x6ef},    {0x6fa, 0x8ff},
                           {0x200f, 0x200f}, {0xfb1d, 0xfd3d},   {0xfd50, 0xfdcf},  {0xfdf0, 0xfdfc},
                           {0xfe70, 0xfefe}, {0x10800, 0x10fff}, {0x1e800, 0x1efff}};

/// Neither letters nor anything that numbers are made of.
constexpr Span kOther[] = {
    {0x21, 0x22},     {0x26, 0x2a},     {0x3b, 0x40},     {0x5b, 0x60},     {0x7b, 0x7f},
    {0xa1, 0xa1},     {0xa6, 0xa9},     {0xab, 0xaf},     {0xb4, 0xb4},     {0xb6, 0xb8},
    {0xbb, 0xbf},     {0xd7, 0xd7},     {0xf7, 0xf7},     {0x2b9, 0x2ba},   {0x2c2, 0x2cf},
    {0x606, 0x607},   {0x60e, 0x60f},   {0x6de, 0x6de},   {0x6e9, 0x6e9},   {0x200b, 0x200e},
    {0x2010, 0x2027}, {0x2035, 0x2043}, {0x2045, 0x205e}, {0x207c, 0x207e}, {0x208c, 0x208e},
    {0x2190, 0x2211}, {0x2214, 0x2335}, {0x237b, 0x2394}, {0x2396, 0x249b}, {0x24ea, 0x26ab},
    {0x26ad, 0x27ff}, {0x2900, 0x2bff}, {0x2e00, 0x2e7f}, {0x3001, 0x3004}, {0x3008, 0x3020},
    {0xe000, 0xf8ff}, {0xfd3e, 0xfd3f}, {0xfd40, 0xfd4f}, {0xff5b, 0xff65}, {0xfffd, 0xfffd}};

bool is_number(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= 0x660 && c <= 0x669) || c == 0x66b || c == 0x66c ||
         (c >= 0x6f0 && c <= 0x6f9) || c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0x2070 && c <= 0x2079) ||
         (c >= 0x2080 && c <= 0x2089) || (c >= 0xff10 && c <= 0xff19);
}
bool is_sign(char32_t c) {
  return c == U'+' || c == U'-' || (c >= U'#' && c <= U'%') || (c >= 0xa2 && c <= 0xa5) || c == 0xb0 ||
         c == 0xb1 || c == 0x609 || c == 0x60a || c == 0x66a || (c >= 0x2030 && c <= 0x2034) ||
         (c >= 0x20a0 && c <= 0x20cf) || c == 0x2212 || c == 0x2213 || c == 0x207a || c == 0x207b;
}
bool is_separator(char32_t c) {
  return c == U',' || c == U'.' || c == U'/' || c == U':' || c == 0xa0 || c == 0x60c || c == 0x202f ||
         c == 0x2044;
}
bool is_white(char32_t c) {
  return c <= 0x20 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x205f ||
         c == 0x3000;
}

}  // namespace

BidiClass bidi_class_of(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return BidiClass::left;
  if (is_number(c)) return BidiClass::number;
  if (is_white(c)) return BidiClass::space;
  if (is_sign(c)) return BidiClass::sign;
  if (is_separator(c)) return BidiClass::separator;
  if (is_in(kMarks, c)) return BidiClass::mark;
  if (is_in(kRight, c)) return BidiClass::right;
  if (is_in(kOther, c)) return BidiClass::other;
  return BidiClass::left;
}

BidiClass bidi_class_of(std::u32string_view text) {
  if (text.empty()) return BidiClass::other;
  BidiClass weak = bidi_class_of(text[0]);
  for (const char32_t c : text) {
    const BidiClass here = bidi_class_of(c);
    if (here == BidiClass::left || here == BidiClass::right) return here;
    if (here == BidiClass::number) weak = here;
  }
  return weak;
}

bool is_nonspacing_mark(const Cluster& cluster) {
  return !cluster.text.empty() && bidi_class_of(cluster.text[0]) == BidiClass::mark;
}

bool is_east_asian(char32_t c) {
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

namespace {
constexpr char32_t kPairs[][2] = {{U'(', U')'},     {U'<', U'>'},     {U'[', U']'},     {U'{', U'}'},
                                  {0xab, 0xbb},     {0x2039, 0x203a}, {0x2045, 0x2046}, {0x2264, 0x2265},
                                  {0x2329, 0x232a}, {0x27e8, 0x27e9}, {0x3008, 0x3009}, {0x300a, 0x300b}};
}

char32_t mirrored(char32_t c) {
  for (const auto& pair : kPairs) {
    if (pair[0] == c) return pair[1];
    if (pair[1] == c) return pair[0];
  }
  return c;
}

bool is_opening(char32_t c) {
  return std::any_of(std::begin(kPairs), std::end(kPairs), [c](const auto& pair) { return pair[0] == c; });
}

}  // namespace ode::text
