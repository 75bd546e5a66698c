// See repair/section.h.
#include "engine/pdf/repair/section.h"

#include <Array.h>
#include <Dict.h>

#include <algorithm>
#include <cstdio>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

using Place = FoundObject::Place;

void put_number(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<char>(value >> (8 * i)));
}

void put_entry(std::string& out, const FoundObject& object, std::uint64_t file_size) {
  const bool in_stream = object.place == Place::in_object_stream;
  put_number(out, in_stream ? 2 : 1, 1);
  put_number(out, object.offset + (object.place == Place::added ? file_size : 0), 8);
  put_number(out, in_stream ? object.index : object.generation, 4);
}

/// Entries of all objects, and /Index: the runs of numbers they are of.
std::string entries_of(const ObjectTable& table, std::uint64_t file_size, std::string& index) {
  std::string entries;
  for (std::uint64_t number = 0; number < table.objects.size();) {
    const std::uint64_t first = number;
    for (const FoundObject* found; (found = table.find(number)) != nullptr; ++number)
      put_entry(entries, *found, file_size);
    if (number > first)
      index += std::to_string(first) + " " + std::to_string(number - first) + " ";
    else
      ++number;
  }
  return entries;
}

void put_hex(std::string& out, unsigned char c) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  out.push_back(kDigits[c >> 4]);
  out.push_back(kDigits[c & 15]);
}

std::string name_text(const char* name) {
  std::string out = "/";
  for (; *name != '\0'; ++name) {
    const auto c = static_cast<unsigned char>(*name);
    if (c > 32 && c < 127 && std::string_view("/<>[](){}%#").find(*name) == std::string_view::npos) {
      out.push_back(*name);
    } else {
      out.push_back('#');
      put_hex(out, c);
    }
  }
  return out;
}

std::string string_text(const std::string& bytes) {
  std::string out = "<";
  for (const char c : bytes) put_hex(out, static_cast<unsigned char>(c));
  return out + ">";
}

std::string real_text(double value) {
  char text[64];
  const int size = std::snprintf(text, sizeof text, "%.6f", std::clamp(value, -1e15, 1e15));
  std::replace(text, text + size, ',', '.');  // the program may have set a locale
  return text;
}

}  // namespace

SharedBytes write_section(const ObjectTable& table, const Section& section, std::uint64_t file_size) {
  ObjectTable all = table;
  all.number_max = ~std::uint64_t{0};
  std::string text = "\n";
  const auto begin = [&](std::uint64_t number) {
    *all.at(number) = {Place::added, 0, 0, 0, text.size()};
    text += std::to_string(number) + " 0 obj\n";
  };
  for (const auto& [number, body] : section.objects) {
    begin(number);
    text += body + "\nendobj\n";
  }
  const std::uint64_t start = file_size + text.size();
  begin(std::max<std::uint64_t>(all.objects.size(), 1));
  std::string index;
  const std::string entries = entries_of(all, file_size, index);
  text += "<< /Type /XRef /Size " + std::to_string(all.objects.size()) + " /W [1 8 4] /Index [" + index +
          "] /Length " + std::to_string(entries.size()) + " " + section.trailer + ">>\nstream\n" + entries +
          "\nendstream\nendobj\n";
  text += "startxref\n" + std::to_string(start) + "\n%%EOF\n";
  const auto kept = std::make_shared<const std::string>(std::move(text));
  return SharedBytes(kept, as_byte_view(*kept));
}

std::string object_text(const Object& object, int depth) {
  if (depth > kObjectNestingMax) return "null";
  if (object.isRef())
    return std::to_string(object.getRefNum()) + " " + std::to_string(object.getRefGen()) + " R";
  if (object.isName()) return name_text(object.getName());
  if (object.isString()) return string_text(object.getString()->toStr());
  if (object.isBool()) return object.getBool() ? "true" : "false";
  if (object.isInt()) return std::to_string(object.getInt());
  if (object.isInt64()) return std::to_string(object.getInt64());
  if (object.isReal()) return real_text(object.getReal());
  std::string out;
  if (object.isArray()) {
    for (int i = 0; i < object.arrayGetLength(); ++i)
      out += object_text(object.arrayGetNF(i), depth + 1) + " ";
    return "[" + out + "]";
  }
  if (!object.isDict()) return "null";
  for (int i = 0; i < object.dictGetLength(); ++i)
    out += name_text(object.dictGetKey(i)) + " " + object_text(object.dictGetValNF(i), depth + 1) + " ";
  return "<< " + out + ">>";
}

}  // namespace ode::pdf
