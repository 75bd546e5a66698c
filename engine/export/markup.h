// Markup: the small pieces of HTML, SVG and CSS. Everything of a document passes through append_escaped, so
// no document can add an element, an attribute or a script.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/display/display_list.h"

namespace ode::exporter {

/// Text and quoted attribute values: & < > " ' are escaped; characters that XML forbids become U+FFFD.
void append_escaped(std::string& out, std::u32string_view text);
void append_escaped(std::string& out, std::string_view utf8);
/// Text between tags, where quotation marks stay as they are.
void append_text(std::string& out, std::u32string_view text);
/// Up to `decimals` decimals, no trailing zeros, ".5" for 0.5; 0 for what is not a number. |v| is cut at
/// 10^7.
void append_number(std::string& out, double v, int decimals = 2);
/// "#rgb" or "#rrggbb".
void append_color(std::string& out, display::Rgb c);
void append_base64(std::string& out, ByteView bytes);
/// " name="…"" of a number.
void append_attribute(std::string& out, std::string_view name, double v, int decimals = 2);
/// "left:…pt;top:…pt;width:…pt;height:…pt" of a rectangle in points, y down.
void append_place(std::string& out, const Rect& screen);
/// FNV-1a, 64 bits, as 16 hexadecimal digits: names of assets.
std::string hash_name(ByteView bytes);

}  // namespace ode::exporter
