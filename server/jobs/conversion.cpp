#include "server/jobs/conversion.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/base/log.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

using Check = std::function<bool(std::string_view)>;

Check one_of(std::vector<std::string> values) {
  return [values = std::move(values)](std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
}

/// Digits with at most one point, from `least` to `most`.
Check decimal(double least, double most) {
  return [=](std::string_view text) {
    if (text.empty() || text.size() > 12) return false;
    double value = 0, step = 0;
    for (const char c : text) {
      if (c == '.' && step == 0) {
        step = 1;
      } else if (c >= '0' && c <= '9') {
        if (step != 0) step /= 10;
        value = step == 0 ? value * 10 + (c - '0') : value + step * (c - '0');
      } else {
        return false;
      }
    }
    return value >= least && value <= most;
  };
}

bool is_pages(std::string_view text) {
  return !text.empty() && text.size() <= 256 &&
         text.find_first_not_of("0123456789,-") == std::string_view::npos;
}

bool is_color(std::string_view text) {
  if (text == "white" || text == "transparent") return true;
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

bool is_images(std::string_view text) {
  constexpr std::string_view kDpi = "max-dpi=";
  if (text == "keep" || text == "webp") return true;
  return text.rfind(kDpi, 0) == 0 && decimal(1, 100000)(text.substr(kDpi.size())) &&
         text.find('.') == std::string_view::npos;
}

bool is_any(std::string_view text) { return text.size() <= kOptionBytesMax && is_utf8(text); }

struct Option {
  const char* name;
  std::vector<std::string> targets;
  Check valid;
  const char* expected;
};

const std::vector<std::string>& pictures() {
  static const std::vector<std::string> names = {"png", "jpeg", "webp"};
  return names;
}

const std::vector<Option>& table() {
  static const std::vector<std::string> all = Conversion::targets();
  static const std::vector<std::string> paged = {"html", "png",  "jpeg",     "webp", "svg",
                                                 "text", "json", "markdown", "hocr", "search"};
  static std::vector<std::string> everything = all;
  static const std::vector<Option> options = [] {
    everything.push_back("search");
    return std::vector<Option>{
        {"pages", paged, is_pages, "page numbers such as 1-3,7"},
        {"password", everything, is_any, "text of at most 1024 bytes"},
        {"split", {"html"}, one_of({"true", "false"}), "true or false"},
        {"images", {"html"}, is_images, "keep, webp or max-dpi=N"},
        {"fonts", {"html"}, one_of({"woff2", "none"}), "woff2 or none"},
        {"layout", {"text"}, one_of({"true", "false"}), "true or false"},
        {"dpi", pictures(), decimal(1, 2400), "pixels an inch, 1 to 2400"},
        {"scale", pictures(), decimal(0.01, 40), "pixels a point, 0.01 to 40"},
        {"width", pictures(), decimal(1, 32768), "pixels, 1 to 32768"},
        {"height", pictures(), decimal(1, 32768), "pixels, 1 to 32768"},
        {"quality", {"jpeg", "webp"}, decimal(1, 100), "1 to 100"},
        {"background", pictures(), is_color, "white, transparent or #RRGGBB"},
        {"rotate", pictures(), one_of({"0", "90", "180", "270"}), "0, 90, 180 or 270"},
        {"box", pictures(), one_of({"crop", "media"}), "crop or media"},
        {"annotations", pictures(), one_of({"on", "off"}), "on or off"},
        {"gray", pictures(), one_of({"true", "false"}), "true or false"},
        {"q", {"search"}, is_any, "what to look for, at most 1024 bytes"},
        {"regex", {"search"}, one_of({"true", "false"}), "true or false"},
        {"word", {"search"}, one_of({"true", "false"}), "true or false"},
        {"case", {"search"}, one_of({"true", "false"}), "true or false"},
    };
  }();
  return options;
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

Status check(const std::string& target, const std::map<std::string, std::string>& options) {
  for (const auto& [name, value] : options) {
    const auto option = std::find_if(table().begin(), table().end(),
                                     [&key = name](const Option& o) { return key == o.name; });
    if (option == table().end())
      return Error{ErrorKind::malformed, "there is no option \"" + name.substr(0, 64) + "\""};
    if (!contains(option->targets, target))
      return Error{ErrorKind::malformed, "\"" + name + "\" says nothing to the target " + target};
    if (!option->valid(value))
      return Error{ErrorKind::malformed, "\"" + name + "\": expected " + option->expected};
  }
  const auto sizes =
      options.count("dpi") + options.count("scale") + options.count("width") + options.count("height");
  if (sizes > 1) return Error{ErrorKind::malformed, "of dpi, scale, width and height one can be given"};
  const auto background = options.find("background");
  if (background != options.end() && background->second == "transparent" &&
      (target == "jpeg" || options.count("gray") > 0))
    return Error{ErrorKind::malformed, "\"background\": jpeg and gray pictures cannot be transparent"};
  return Ok{};
}

}  // namespace

const std::vector<std::string>& Conversion::targets() {
  static const std::vector<std::string> names = {"html", "png",  "jpeg",     "webp", "svg",
                                                 "text", "json", "markdown", "hocr", "info"};
  return names;
}

Result<Conversion> Conversion::make(const std::string& target,
                                    const std::map<std::string, std::string>& options) {
  if (!contains(targets(), target)) {
    std::string known;
    for (const std::string& name : targets()) known += (known.empty() ? "" : ", ") + name;
    return Error{ErrorKind::malformed, "\"to\": expected one of " + known};
  }
  ODE_TRY(check(target, options));
  Conversion conversion;
  conversion.target_ = target;
  conversion.options_ = options;
  return conversion;
}

Result<Conversion> Conversion::search(const std::string& query,
                                      const std::map<std::string, std::string>& options) {
  Conversion conversion;
  conversion.target_ = "search";
  conversion.options_ = options;
  conversion.options_["q"] = query;
  if (query.empty()) return Error{ErrorKind::malformed, "\"q\": what to look for is missing"};
  ODE_TRY(check("search", conversion.options_));
  return conversion;
}

Result<Conversion> Conversion::from_json(const std::string& target, const std::string& options) {
  const Json json = Json::parse(options, nullptr, false);
  if (!json.is_object()) return Error{ErrorKind::malformed, "options are no JSON object"};
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : json.items()) {
    if (!value.is_string())
      return Error{ErrorKind::malformed, "\"" + name.substr(0, 64) + "\": expected a string"};
    values[name] = value.get<std::string>();
  }
  return make(target, values);
}

bool Conversion::one_page() const {
  const auto pages = options_.find("pages");
  return pages != options_.end() && pages->second.find_first_not_of("0123456789") == std::string::npos;
}

bool Conversion::archive() const {
  if (target_ == "html") return options_.count("split") > 0 && options_.at("split") == "true";
  return (target_ == "svg" || contains(pictures(), target_)) && !one_page();
}

std::string Conversion::content_type() const {
  if (archive()) return "application/zip";
  static const std::map<std::string, std::string> types = {{"html", "text/html; charset=utf-8"},
                                                           {"png", "image/png"},
                                                           {"jpeg", "image/jpeg"},
                                                           {"webp", "image/webp"},
                                                           {"svg", "image/svg+xml"},
                                                           {"text", "text/plain; charset=utf-8"},
                                                           {"json", "application/json"},
                                                           {"info", "application/json"},
                                                           {"search", "application/json"},
                                                           {"markdown", "text/markdown; charset=utf-8"},
                                                           {"hocr", "text/html; charset=utf-8"}};
  return types.at(target_);
}

std::string Conversion::extension() const {
  if (archive()) return "zip";
  static const std::map<std::string, std::string> names = {{"jpeg", "jpg"},    {"text", "txt"},
                                                           {"info", "json"},   {"search", "json"},
                                                           {"markdown", "md"}, {"hocr", "hocr.html"}};
  const auto found = names.find(target_);
  return found == names.end() ? target_ : found->second;
}

std::vector<std::string> Conversion::arguments(const std::string& fonts) const {
  std::vector<std::string> words;
  if (target_ == "html" || target_ == "svg") {
    words = {"convert", "-", "--to=" + target_, "--output=-", "--threads=1"};
  } else if (contains(pictures(), target_)) {
    words = {"render", "-", "--format=" + target_, "--output=-", "--threads=1"};
  } else if (target_ == "info") {
    words = {"info", "-", "--json"};
  } else if (target_ == "search") {
    words = {"search", "-", "--json"};
  } else {
    const bool layout = options_.count("layout") > 0 && options_.at("layout") == "true";
    words = {"text", "-",
             "--format=" + (target_ == "text" ? std::string(layout ? "layout" : "plain") : target_),
             "--output=-"};
  }
  if (archive()) words.push_back("--zip");
  for (const auto& [name, value] : options_) {
    if (name == "layout" || name == "q" || value == "false") continue;
    words.push_back(value == "true" ? "--" + name : "--" + name + "=" + value);
  }
  if (!fonts.empty()) words.push_back("--font-pack=" + fonts);
  // Last, behind "--": a query may begin with a dash.
  if (target_ == "search") {
    words.push_back("--");
    words.push_back(options_.at("q"));
  }
  return words;
}

std::string Conversion::to_json(Secrets secrets) const {
  Json json = Json::object();
  for (const auto& [name, value] : options_) {
    if (secrets == Secrets::kept || name != "password") json[name] = value;
  }
  return json.dump();
}

std::string Conversion::fingerprint() const { return sha256_hex(target_ + "\n" + to_json(Secrets::kept)); }

}  // namespace ode::server
