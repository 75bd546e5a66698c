// Names, flags and orderings to files of the pack. The tables hold every name that documents were seen to
// use.
#include "engine/fonts/font_match.h"

#include <array>
#include <string>

namespace ode::fonts {
namespace {

// Regular, bold, italic, bold italic of each family with styles; then the single ones.
constexpr std::array<const char*, kPackFileCount> kFiles = {
    "NimbusSans-Regular.otf",
    "NimbusSans-Bold.otf",
    "NimbusSans-Italic.otf",
    "NimbusSans-BoldItalic.otf",
    "NimbusSansNarrow-Regular.otf",
    "NimbusSansNarrow-Bold.otf",
    "NimbusSansNarrow-Oblique.otf",
    "NimbusSansNarrow-BoldOblique.otf",
    "NimbusRoman-Regular.otf",
    "NimbusRoman-Bold.otf",
    "NimbusRoman-Italic.otf",
    "NimbusRoman-BoldItalic.otf",
    "NimbusMonoPS-Regular.otf",
    "NimbusMonoPS-Bold.otf",
    "NimbusMonoPS-Italic.otf",
    "NimbusMonoPS-BoldItalic.otf",
    "P052-Roman.otf",
    "P052-Bold.otf",
    "P052-Italic.otf",
    "P052-BoldItalic.otf",
    "C059-Roman.otf",
    "C059-Bold.otf",
    "C059-Italic.otf",
    "C059-BdIta.otf",
    "URWBookman-Light.otf",
    "URWBookman-Demi.otf",
    "URWBookman-LightItalic.otf",
    "URWBookman-DemiItalic.otf",
    "URWGothic-Book.otf",
    "URWGothic-Demi.otf",
    "URWGothic-BookOblique.otf",
    "URWGothic-DemiOblique.otf",
    "Z003-MediumItalic.otf",
    "StandardSymbolsPS.otf",
    "D050000L.otf",
    "DejaVuSans.ttf",
    "DroidSansFallbackFull.ttf",
};
constexpr std::size_t kFirstSingle = 32;

enum class Metrics : std::uint8_t { same, similar };

struct FamilyRule {
  std::string_view part;  ///< of the name in lower case without spaces and punctuation
  Family family;
  Metrics metrics = Metrics::similar;
};

// The first rule whose part is in the name counts, so longer names stand before what they contain.
constexpr FamilyRule kRules[] = {
    {"arialnarrow", Family::sans_narrow, Metrics::same},
    {"helveticanarrow", Family::sans_narrow, Metrics::same},
    {"helveticacondensed", Family::sans_narrow},
    {"nimbussansnarrow", Family::sans_narrow, Metrics::same},
    {"arialblack", Family::sans},
    {"arialrounded", Family::sans},
    {"helveticaneue", Family::sans},
    {"arial", Family::sans, Metrics::same},
    {"helvetica", Family::sans, Metrics::same},
    {"nimbussans", Family::sans, Metrics::same},
    {"liberationsans", Family::sans, Metrics::same},
    {"timesnewroman", Family::serif, Metrics::same},
    {"timesten", Family::serif},
    {"times", Family::serif, Metrics::same},
    {"nimbusrom", Family::serif, Metrics::same},
    {"liberationserif", Family::serif, Metrics::same},
    {"couriernew", Family::mono, Metrics::same},
    {"courierstd", Family::mono, Metrics::same},
    {"courier", Family::mono, Metrics::same},
    {"nimbusmon", Family::mono, Metrics::same},
    {"liberationmono", Family::mono, Metrics::same},
    {"uisymbol", Family::wide},
    {"symbola", Family::wide},
    {"wingdings", Family::dingbats},
    {"webdings", Family::dingbats},
    {"dingbats", Family::dingbats, Metrics::same},
    {"palatino", Family::palatino, Metrics::same},
    {"bookantiqua", Family::palatino, Metrics::same},
    {"palladio", Family::palatino, Metrics::same},
    {"centurygothic", Family::gothic, Metrics::same},
    {"avantgarde", Family::gothic, Metrics::same},
    {"centuryschool", Family::century, Metrics::same},
    {"newcentury", Family::century, Metrics::same},
    {"century", Family::century},
    {"bookman", Family::bookman, Metrics::same},
    {"chancery", Family::chancery, Metrics::same},
    {"corsiva", Family::chancery, Metrics::same},
    {"script", Family::chancery},
    // Chinese, Japanese and Korean families that come without a CID ordering.
    {"msgothic", Family::cjk},
    {"mspgothic", Family::cjk},
    {"msmincho", Family::cjk},
    {"mspmincho", Family::cjk},
    {"simsun", Family::cjk},
    {"simhei", Family::cjk},
    {"simkai", Family::cjk},
    {"fangsong", Family::cjk},
    {"kaiti", Family::cjk},
    {"mingliu", Family::cjk},
    {"heiseimin", Family::cjk},
    {"heiseikaku", Family::cjk},
    {"kozmin", Family::cjk},
    {"kozgo", Family::cjk},
    {"hiragino", Family::cjk},
    {"meiryo", Family::cjk},
    {"ryumin", Family::cjk},
    {"gothicbbb", Family::cjk},
    {"yahei", Family::cjk},
    {"jhenghei", Family::cjk},
    {"stsong", Family::cjk},
    {"stheiti", Family::cjk},
    {"adobesong", Family::cjk},
    {"adobeming", Family::cjk},
    {"batang", Family::cjk},
    {"gulim", Family::cjk},
    {"dotum", Family::cjk},
    {"malgun", Family::cjk},
    {"hysmyeongjo", Family::cjk},
    {"hygothic", Family::cjk},
    {"notosanscjk", Family::cjk},
    // Monospaced, then sans, then serif: "LucidaSansTypewriter", "DejaVuSansMono".
    {"consolas", Family::mono},
    {"typewriter", Family::mono},
    {"console", Family::mono},
    {"monaco", Family::mono},
    {"menlo", Family::mono},
    {"lettergothic", Family::mono},
    {"ocra", Family::mono},
    {"ocrb", Family::mono},
    {"mono", Family::mono},
    {"sansserif", Family::sans},
    {"sans", Family::sans},
    {"calibri", Family::sans},
    {"verdana", Family::sans},
    {"tahoma", Family::sans},
    {"segoeui", Family::sans},
    {"trebuchet", Family::sans},
    {"univers", Family::sans},
    {"frutiger", Family::sans},
    {"myriad", Family::sans},
    {"futura", Family::sans},
    {"roboto", Family::sans},
    {"lato", Family::sans},
    {"gotham", Family::sans},
    {"optima", Family::sans},
    {"swiss", Family::sans},
    {"franklin", Family::sans},
    {"geneva", Family::sans},
    {"gothic", Family::sans},
    {"grotesk", Family::sans},
    {"garamond", Family::serif},
    {"georgia", Family::serif},
    {"cambria", Family::serif},
    {"bodoni", Family::serif},
    {"minion", Family::serif},
    {"caslon", Family::serif},
    {"baskerville", Family::serif},
    {"goudy", Family::serif},
    {"sabon", Family::serif},
    {"utopia", Family::serif},
    {"charter", Family::serif},
    {"constantia", Family::serif},
    {"serif", Family::serif},
    {"roman", Family::serif},
    {"mincho", Family::serif},
};

std::string plain(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') out.push_back(static_cast<char>(c - 'A' + 'a'));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.push_back(c);
  }
  return out;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

bool is_cjk_ordering(std::string_view ordering) {
  for (std::string_view known : {"Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR"}) {
    if (ordering == known) return true;
  }
  return false;
}

}  // namespace

const char* pack_file_name(std::size_t index) { return kFiles[index]; }

NameStyle style_of_name(std::string_view font_name) {
  const std::string name = plain(font_name);
  NameStyle style;
  for (std::string_view word : {"bold", "black", "heavy", "demi"}) style.bold |= contains(name, word);
  if (contains(name, "demilight")) style.bold = contains(name, "bold");
  for (std::string_view word : {"italic", "oblique", "slanted", "kursiv", "inclined"})
    style.italic |= contains(name, word);
  // Abbreviations count in the part after the family alone: "Univers-BlkIt" but not "Bitstream".
  const std::size_t family_end = font_name.find_last_of("-,");
  if (family_end == font_name.npos) return style;
  const std::string_view suffix = font_name.substr(family_end + 1);
  for (std::string_view word : {"Bd", "Blk", "Bol", "BI"}) style.bold |= contains(suffix, word);
  for (std::string_view word : {"It", "Ital", "Obl", "BI"}) style.italic |= contains(suffix, word);
  return style;
}

PackChoice choose_family(const FontQuery& query) {
  const NameStyle style = style_of_name(query.name);
  PackChoice choice{
      .family = Family::sans, .bold = query.bold || style.bold, .italic = query.italic || style.italic};
  if (is_cjk_ordering(query.cid_ordering)) {
    choice.family = Family::cjk;
    return choice;
  }
  const std::string name = plain(query.name);
  if (name.rfind("symbol", 0) == 0 && name.rfind("symbola", 0) != 0) {
    choice.family = Family::symbol;
    choice.metric_compatible = true;
    return choice;
  }
  for (const FamilyRule& rule : kRules) {
    if (!contains(name, rule.part)) continue;
    choice.family = rule.family;
    choice.metric_compatible = rule.metrics == Metrics::same;
    return choice;
  }
  choice.family = query.fixed_pitch ? Family::mono : query.serif ? Family::serif : Family::sans;
  return choice;
}

PackFile choose_file(const PackChoice& choice) {
  const auto family = static_cast<std::size_t>(choice.family);
  if (choice.family < Family::chancery) {
    return {.index = family * 4 + (choice.bold ? 1u : 0u) + (choice.italic ? 2u : 0u)};
  }
  const std::size_t single = family - static_cast<std::size_t>(Family::chancery);
  // Symbols are never slanted by the fonts they stand for; Chancery is italic as it is.
  const bool has_italic = choice.family == Family::chancery || choice.family == Family::dingbats;
  return {.index = kFirstSingle + single,
          .lacks_bold = choice.bold,
          .lacks_italic = choice.italic && !has_italic};
}

}  // namespace ode::fonts
