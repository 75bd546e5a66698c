// ode info: facts of a document, as text for people or as JSON (schema: ode.h).
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/api/json.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/platform/file.h"

namespace ode::cli {
namespace {

using api::Json;

std::string line(const std::string& key, const std::string& value) {
  std::string text = key + ":";
  text.resize(std::max<std::size_t>(text.size() + 1, 16), ' ');
  return text + value + "\n";
}

const char* yes_no(const Json& value) { return value.get<bool>() ? "yes" : "no"; }

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  std::string s = text;
  while (s.back() == '0') s.pop_back();
  if (s.back() == '.') s.pop_back();
  return s;
}

/// Pages of one size in a row on one line: "1-12: 595 x 842 pt".
std::string sizes_text(const Json& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size();) {
    const auto size_of = [&](std::size_t k) {
      const Json& page = pages[k];
      if (page.contains("error")) return "unreadable: " + page["error"].get<std::string>();
      std::string size = number_text(page["width_pt"].get<double>()) + " x " +
                         number_text(page["height_pt"].get<double>()) + " pt";
      if (page["rotate_deg"] != 0) size += ", rotated by " + page["rotate_deg"].dump();
      return size;
    };
    std::size_t end = i + 1;
    while (end < pages.size() && size_of(end) == size_of(i)) ++end;
    const std::string range = std::to_string(i + 1) + (end > i + 1 ? "-" + std::to_string(end) : "");
    text += line("Size " + range, size_of(i));
    i = end;
  }
  return text;
}

/// Labels, unless they are just the page numbers: "1: i, 2: ii, …".
std::string labels_text(const Json& pages) {
  std::string text;
  bool plain = true;
  for (const Json& page : pages) {
    if (!page.contains("label")) continue;
    const std::string label = page["label"];
    plain = plain && label == std::to_string(page["page"].get<int>());
    text += (text.empty() ? "" : " ") + label;
  }
  return plain ? "" : line("Labels", text);
}

std::string outline_text(const Json& items, std::size_t depth) {
  std::string text;
  for (const Json& item : items) {
    text += std::string(2 * depth + 2, ' ') + item["title"].get<std::string>();
    if (item["target"].contains("page")) text += " (page " + item["target"]["page"].dump() + ")";
    text += "\n" + outline_text(item["children"], depth + 1);
  }
  return text;
}

std::string list_text(const char* title, const Json& items, std::string (*describe)(const Json&)) {
  if (items.empty()) return "";
  std::string text = std::string(title) + ":\n";
  for (const Json& item : items) text += "  " + describe(item) + "\n";
  return text;
}

std::string font_text(const Json& font) {
  std::string text = font["name"].get<std::string>() + ", " + font["type"].get<std::string>();
  text += font["embedded"].get<bool>() ? (font["subset"].get<bool>() ? ", embedded subset" : ", embedded")
                                       : ", not embedded";
  return text + (font["to_unicode"].get<bool>() ? "" : ", no Unicode map");
}
std::string attachment_text(const Json& item) {
  return item["name"].get<std::string>() + ", " + item["size_bytes"].dump() + " bytes";
}
std::string layer_text(const Json& layer) {
  return layer["name"].get<std::string>() + (layer["visible"].get<bool>() ? ", shown" : ", hidden");
}

std::string permissions_text(const Json& permissions) {
  std::string text;
  for (const char* what : {"print", "copy", "change", "annotate"}) {
    text += (text.empty() ? "" : ", ") + std::string(what) + " " + yes_no(permissions[what]);
  }
  return text;
}

std::string summary_text(const Json& json) {
  std::string text = line("Pages", json["pages"].dump());
  text += sizes_text(json["page_list"]) + labels_text(json["page_list"]);
  text += line("PDF version", json["pdf_version"]);
  for (const auto& [key, value] : json["metadata"].items()) text += line(key, value);
  text += line("Encrypted", json["encrypted"].get<bool>() ? json["encryption"].get<std::string>() : "no");
  if (json["encrypted"].get<bool>()) text += line("Permissions", permissions_text(json["permissions"]));
  text += line("Tagged", yes_no(json["tagged"])) + line("Forms", yes_no(json["forms"]));
  text += line("JavaScript", yes_no(json["javascript"])) + line("Linearized", yes_no(json["linearized"]));
  for (const Json& item : json["diagnostics"]) text += line("Damaged", item["message"]);
  text += list_text("Fonts", json["fonts"], font_text);
  if (!json["outline"].empty()) text += "Outline:\n" + outline_text(json["outline"], 0);
  text += list_text("Attachments", json["attachments"], attachment_text);
  return text + list_text("Layers", json["layers"], layer_text);
}

}  // namespace

int run_info(const InfoOptions& options) {
  auto document = open_document(options.file, options.password, options.font_directory);
  if (!document) {
    print_error(options.file, document.error());
    return exit_code_of_open(document.error());
  }
  const Json json = api::summary_json(*document->session);
  const std::string text =
      options.json ? api::to_text(json, api::JsonStyle::indented) + "\n" : summary_text(json);
  platform::OutputFile out = platform::OutputFile::standard_output();
  Status written = out.write(as_byte_view(text));
  if (written) written = out.commit();
  if (!written) {
    print_error(options.file, written.error());
    return kCannotWrite;
  }
  return kDone;
}

}  // namespace ode::cli
