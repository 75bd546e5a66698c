// See repair/scan.h.
#include "engine/pdf/repair/scan.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kBlanksMax = 64;  // between the words of "N G obj"
constexpr std::size_t kDigitsMax = 10;
constexpr std::size_t kTrailersMax = 64;  // kept: the first and the last of them
// Numbers are dense in real files; one byte of file for each, and some to spare for parts of files.
constexpr std::uint64_t kNumbersToSpare = 100'000;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ends_name(char c) { return is_blank(c) || std::string_view("/<>[](){}%").find(c) != kNowhere; }

/// Where a word occurs next: searched for only forward, so all searches together cost one pass.
class Cursor {
 public:
  Cursor(std::string_view text, std::string_view word) : text_(text), word_(word), at_(find(0)) {}
  std::size_t next(std::size_t from) {
    if (at_ != kNowhere && at_ < from) at_ = find(from);
    return at_;
  }

 private:
  /// In windows that grow: AddressSanitizer looks at all that memmem is given before it searches, which made a file full
  /// of hits cost its square.
  std::size_t find(std::size_t from) const {
    for (std::size_t window = kWindowMin; from < text_.size(); window = std::min(2 * window, kWindowMax)) {
      const std::size_t size = std::min(window + word_.size(), text_.size() - from);
      const void* hit = memmem(text_.data() + from, size, word_.data(), word_.size());
      if (hit != nullptr) return static_cast<std::size_t>(static_cast<const char*>(hit) - text_.data());
      from += window;
    }
    return kNowhere;
  }
  static constexpr std::size_t kWindowMin = 64, kWindowMax = std::size_t{1} << 20;
  std::string_view text_, word_;
  std::size_t at_;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text)
      : text_(text),
        obj_(text, "obj"),
        stream_(text, "stream"),
        end_stream_(text, "endstream"),
        trailer_(text, "trailer") {
    table_.number_max = std::min<std::uint64_t>(kRepairObjectsMax, text.size() + kNumbersToSpare);
  }

  ObjectTable run() {
    for (std::size_t at = 0;;) {
      const std::size_t obj = obj_.next(at), stream = stream_.next(at), trailer = trailer_.next(at);
      const std::size_t next = std::min({obj, stream, trailer});
      if (next == kNowhere) break;
      if (next == obj) {
        at = meet_obj(obj);
      } else if (next == stream) {
        at = meet_stream(stream);
      } else {
        close(trailer);
        keep_trailer(at = trailer + 7);
      }
    }
    if (open_ != 0 && !has_stream_ && replaced_.place != FoundObject::Place::none) {
      *table_.at(open_) = replaced_;  // cut off in the middle of its new definition
    } else {
      close(text_.size());
    }
    return std::move(table_);
  }

 private:
  bool follows(std::size_t at, std::string_view word) const {
    return at >= word.size() && text_.substr(at - word.size(), word.size()) == word;
  }

  std::size_t meet_obj(std::size_t at) {
    if (follows(at, "end")) {
      close(at - 3);
      return at + 3;
    }
    std::size_t begin = at;
    if (at + 3 < text_.size() && is_letter(text_[at + 3])) return at + 3;  // "object"
    const auto generation = number_before(begin);
    const auto number = generation ? number_before(begin) : std::nullopt;
    if (!number || *generation > 65'535 || *number == 0) return at + 3;
    close(begin);
    FoundObject* found = table_.at(*number);
    if (found == nullptr) return at + 3;
    replaced_ = std::exchange(
        *found, {FoundObject::Place::in_file, 0, static_cast<std::uint16_t>(*generation), 0, begin});
    open_ = *number, body_ = at + 3, has_stream_ = false;
    return at + 3;
  }

  /// The number that ends before `at`, blanks between; `at` moves to its first digit.
  std::optional<std::uint64_t> number_before(std::size_t& at) const {
    std::size_t end = at;
    while (end > 0 && at - end < kBlanksMax && is_blank(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin <= kDigitsMax && is_digit(text_[begin - 1])) --begin;
    if (begin == end || end - begin > kDigitsMax || (end == at && text_[at] != 'o')) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = begin; i < end; ++i) value = value * 10 + static_cast<std::uint64_t>(text_[i] - '0');
    at = begin;
    return value;
  }

  std::size_t meet_stream(std::size_t at) {
    std::size_t data = at + 6;
    if (follows(at, "end") || open_ == 0 || has_stream_ || data >= text_.size()) return data;
    std::size_t before = at;
    while (before > body_ && is_blank(text_[before - 1])) --before;
    if (!follows(before, ">>") || !is_blank(text_[data])) return data;
    has_stream_ = true;
    const std::string_view dictionary = text_.substr(body_, at - body_);
    table_.at(open_)->hints |= hints_of(dictionary);
    if (text_[data] == '\r') ++data;
    if (data < text_.size() && text_[data] == '\n') ++data;
    if (const auto length = length_of(dictionary); length && *length <= text_.size() - data) {
      std::size_t end = data + *length;
      while (end < text_.size() && end - data - *length < kBlanksMax && is_blank(text_[end])) ++end;
      if (text_.substr(end, 9) == "endstream") return end + 9;
    }
    // Without an end the data may as well be the rest of the file; what looks like objects in it is believed.
    const std::size_t end = end_stream_.next(data);
    return end != kNowhere ? end + 9 : data;
  }

  /// A /Length that is a number.
  static std::optional<std::size_t> length_of(std::string_view dictionary) {
    for (std::size_t at = dictionary.find("/Length"); at != kNowhere;
         at = dictionary.find("/Length", at + 7)) {
      std::size_t i = at + 7, value = 0;
      while (i < dictionary.size() && is_blank(dictionary[i])) ++i;
      const std::size_t begin = i;
      if (begin == at + 7) continue;  // another key: /Length1
      while (i < dictionary.size() && is_digit(dictionary[i]) && i - begin < kDigitsMax)
        value = value * 10 + static_cast<std::size_t>(dictionary[i++] - '0');
      if (i == begin) return std::nullopt;
      while (i < dictionary.size() && is_blank(dictionary[i])) ++i;
      if (i < dictionary.size() && is_digit(dictionary[i])) return std::nullopt;  // "12 0 R"
      return value;
    }
    return std::nullopt;
  }

  /// The object in hand ends before `end`.
  void close(std::size_t end) {
    if (open_ != 0 && !has_stream_ && end > body_)
      table_.at(open_)->hints |= static_cast<std::uint8_t>(hints_of(text_.substr(body_, end - body_)) &
                                                           ~(kHintObjectStream | kHintXrefStream));
    open_ = 0;
  }

  void keep_trailer(std::size_t at) {
    if (table_.trailers.size() == kTrailersMax) table_.trailers.erase(table_.trailers.begin() + 1);
    table_.trailers.push_back(at);
  }

  std::string_view text_;
  Cursor obj_, stream_, end_stream_, trailer_;
  ObjectTable table_;
  std::uint64_t open_ = 0;  ///< number of the object in hand; 0: none
  std::size_t body_ = 0;    ///< behind its "obj"
  bool has_stream_ = false;
  FoundObject replaced_;  ///< its definition before
};

}  // namespace

FoundObject* ObjectTable::at(std::uint64_t number) {
  if (number > number_max) return nullptr;
  if (number >= objects.size()) objects.resize(number + 1);
  return &objects[number];
}

std::uint8_t hints_of(std::string_view text) {
  static constexpr std::pair<std::string_view, Hint> kTypes[] = {{"ObjStm", kHintObjectStream},
                                                                 {"XRef", kHintXrefStream},
                                                                 {"Catalog", kHintCatalog},
                                                                 {"Pages", kHintPageNode},
                                                                 {"Page", kHintPage}};
  std::uint8_t hints = 0;
  Cursor type(text, "/Type");
  for (std::size_t at = type.next(0); at != kNowhere; at = type.next(at)) {
    at += 5;
    std::size_t begin = at;
    while (begin < text.size() && begin - at < kBlanksMax && is_blank(text[begin])) ++begin;
    if (begin >= text.size() || text[begin] != '/') continue;
    for (const auto& [name, hint] : kTypes) {
      const std::size_t end = ++begin + name.size();
      if (text.substr(begin--, name.size()) == name && (end >= text.size() || ends_name(text[end])))
        hints |= hint;
    }
  }
  return hints;
}

ObjectTable scan_objects(ByteView file) { return Scanner(as_chars(file)).run(); }

}  // namespace ode::pdf
