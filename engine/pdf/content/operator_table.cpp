// Every operator of ISO 32000-2, Annex A, Table A.1, found by a hash of its at most three characters.
#include <array>

#include "engine/pdf/content/operators.h"

namespace ode::pdf {
namespace {

using enum Operator::Operands;

constexpr bool paints = true;

constexpr Operator kOperators[] = {
    {"b", any, 0, op_close_fill_stroke, paints},
    {"B", any, 0, op_fill_stroke, paints},
    {"b*", any, 0, op_close_fill_stroke_even_odd, paints},
    {"B*", any, 0, op_fill_stroke_even_odd, paints},
    {"BDC", any, 0, op_begin_marked_properties},
    {"BI", any, 0, op_inline_image},
    {"BMC", any, 0, op_begin_marked},
    {"BT", any, 0, op_begin_text},
    {"BX", any, 0, op_begin_compatibility},
    {"c", numbers, 6, op_curve, paints},
    {"cm", numbers, 6, op_concat},
    {"CS", last, 1, op_stroke_space},
    {"cs", last, 1, op_fill_space},
    {"d", last, 2, op_dash, paints},
    {"d0", any, 0, op_glyph_width},
    {"d1", any, 0, op_glyph_width_bounds},
    {"Do", last, 1, op_xobject},
    {"DP", any, 0, op_ignore},
    {"EI", any, 0, op_ignore},
    {"EMC", any, 0, op_end_marked},
    {"ET", any, 0, op_end_text},
    {"EX", any, 0, op_end_compatibility},
    {"f", any, 0, op_fill, paints},
    {"F", any, 0, op_fill, paints},
    {"f*", any, 0, op_fill_even_odd, paints},
    {"G", numbers, 1, op_stroke_gray},
    {"g", numbers, 1, op_fill_gray},
    {"gs", last, 1, op_ext_gstate},
    {"h", any, 0, op_close, paints},
    {"i", any, 0, op_ignore},
    {"ID", any, 0, op_ignore},
    {"j", numbers, 1, op_line_join, paints},
    {"J", numbers, 1, op_line_cap, paints},
    {"K", numbers, 4, op_stroke_cmyk},
    {"k", numbers, 4, op_fill_cmyk},
    {"l", numbers, 2, op_line, paints},
    {"m", numbers, 2, op_move, paints},
    {"M", numbers, 1, op_miter_limit, paints},
    {"MP", any, 0, op_ignore},
    {"n", any, 0, op_end_path, paints},
    {"q", any, 0, op_save},
    {"Q", any, 0, op_restore},
    {"re", numbers, 4, op_rectangle, paints},
    {"RG", numbers, 3, op_stroke_rgb},
    {"rg", numbers, 3, op_fill_rgb},
    {"ri", any, 0, op_ignore},
    {"s", any, 0, op_close_stroke, paints},
    {"S", any, 0, op_stroke, paints},
    {"SC", any, 0, op_stroke_color},
    {"sc", any, 0, op_fill_color},
    {"SCN", any, 0, op_stroke_color},
    {"scn", any, 0, op_fill_color},
    {"sh", last, 1, op_shading, paints},
    {"T*", any, 0, op_next_line},
    {"Tc", numbers, 1, op_char_spacing},
    {"Td", numbers, 2, op_text_move},
    {"TD", numbers, 2, op_text_move_leading},
    {"Tf", last, 2, op_font},
    {"Tj", last, 1, op_show},
    {"TJ", last, 1, op_show_spaced},
    {"TL", numbers, 1, op_leading},
    {"Tm", numbers, 6, op_text_matrix},
    {"Tr", numbers, 1, op_render_mode},
    {"Ts", numbers, 1, op_rise},
    {"Tw", numbers, 1, op_word_spacing},
    {"Tz", numbers, 1, op_horizontal_scale},
    {"v", numbers, 4, op_curve_from_current, paints},
    {"w", numbers, 1, op_line_width},
    {"W", any, 0, op_clip, paints},
    {"W*", any, 0, op_clip_even_odd, paints},
    {"y", numbers, 4, op_curve_to_end, paints},
    {"'", last, 1, op_show_next_line},
    {"\"", last, 3, op_show_next_line_spaced},
};

constexpr std::size_t kSlots = 256;

constexpr std::uint32_t packed(std::string_view name) {
  std::uint32_t bytes = 0;
  for (char c : name) bytes = bytes << 8 | static_cast<unsigned char>(c);
  return bytes;
}
constexpr std::size_t slot_of(std::uint32_t bytes) { return (bytes * 2654435761U) >> 24; }

struct Slot {
  std::uint32_t name = 0;  ///< packed; 0 where the slot is free
  std::uint32_t index = 0;
};

// Open addressing: a name's entry stands in its slot or in the next free one.
constexpr std::array<Slot, kSlots> make_slots() {
  static_assert(std::size(kOperators) < kSlots / 2);
  std::array<Slot, kSlots> slots{};
  for (std::size_t i = 0; i < std::size(kOperators); ++i) {
    const std::uint32_t name = packed(kOperators[i].name);
    std::size_t slot = slot_of(name);
    while (slots[slot].name != 0) slot = (slot + 1) % kSlots;
    slots[slot] = {name, static_cast<std::uint32_t>(i)};
  }
  return slots;
}
constexpr std::array<Slot, kSlots> kSlotTable = make_slots();

}  // namespace

const Operator* find_operator(std::string_view name) {
  if (name.empty() || name.size() > 3) return nullptr;
  const std::uint32_t wanted = packed(name);
  for (std::size_t slot = slot_of(wanted); kSlotTable[slot].name != 0; slot = (slot + 1) % kSlots) {
    if (kSlotTable[slot].name == wanted) return &kOperators[kSlotTable[slot].index];
  }
  return nullptr;
}

}  // namespace ode::pdf
