#include "engine/images/jbig2/text_values.h"

namespace ode::images::jbig2 {
namespace {

std::int64_t or_zero(std::optional<std::int64_t> value) { return value.value_or(0); }

}  // namespace

RefinedBy ArithmeticTextValues::refined_by() {
  RefinedBy out;
  out.width = or_zero(decode_integer(in_, contexts_.refined_width));
  out.height = or_zero(decode_integer(in_, contexts_.refined_height));
  out.x = or_zero(decode_integer(in_, contexts_.refined_x));
  out.y = or_zero(decode_integer(in_, contexts_.refined_y));
  return out;
}

RefinedBy ArithmeticTextValues::moved_by() {
  RefinedBy out;
  out.x = or_zero(decode_integer(in_, contexts_.refined_x));
  out.y = or_zero(decode_integer(in_, contexts_.refined_y));
  return out;
}

Status ArithmeticTextValues::refine(const Reference& reference, Bitmap& out, const Budget& budget) {
  return decode_refinement(in_, refiner_.contexts, refiner_.shape, reference, out, budget);
}

RefinedBy HuffmanTextValues::refined_by() {
  RefinedBy out;
  out.width = or_zero(tables_.refined_width->decode(in_));
  out.height = or_zero(tables_.refined_height->decode(in_));
  out.x = or_zero(tables_.refined_x->decode(in_));
  out.y = or_zero(tables_.refined_y->decode(in_));
  return out;
}

RefinedBy HuffmanTextValues::moved_by() {
  RefinedBy out;
  out.x = or_zero(tables_.refined_x->decode(in_));
  out.y = or_zero(tables_.refined_y->decode(in_));
  return out;
}

Status HuffmanTextValues::refine(const Reference& reference, Bitmap& out, const Budget& budget) {
  const std::int64_t size = or_zero(tables_.refined_size->decode(in_));
  in_.align();
  if (in_.damaged() || size < 0) return jbig2::damaged("damaged JBIG2 refinement");
  ArithmeticDecoder coder(in_.take(static_cast<std::uint64_t>(size)));
  return decode_refinement(coder, refiner_.contexts, refiner_.shape, reference, out, budget);
}

}  // namespace ode::images::jbig2
