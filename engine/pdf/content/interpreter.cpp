#include "engine/pdf/content/interpreter.h"

#include <algorithm>

#include "engine/pdf/content/operators.h"

namespace ode::pdf {
namespace {

constexpr int kOperatorsPerPoll = 256;

bool all_numbers(std::span<const Operand> operands) {
  return std::all_of(operands.begin(), operands.end(), [](const Operand& o) { return o.is_number(); });
}

void unknown_operator(ContentInterpreter& in, std::string_view name) {
  if (in.compatibility > 0) return;
  std::string shown;
  for (char c : name.substr(0, 16)) shown.push_back(c >= 0x20 && c < 0x7f ? c : '?');
  in.complain(ErrorKind::malformed, "unknown operator " + shown);
}

void dispatch(ContentInterpreter& in, Tokenizer& tokenizer) {
  const Operator* known = find_operator(tokenizer.name());
  if (known == nullptr) return unknown_operator(in, tokenizer.name());
  if (known->paints && in.session.text_only) return;
  std::span<const Operand> operands = tokenizer.operands();
  if (known->kind != Operator::Operands::any) {
    // Too few operands: the operator is ignored. Too many: the last ones count. So do other readers.
    const bool enough = operands.size() >= known->count;
    if (enough) operands = operands.last(known->count);
    if (!enough || (known->kind == Operator::Operands::numbers && !all_numbers(operands))) {
      return in.complain(ErrorKind::malformed, "bad operands of " + std::string(known->name));
    }
  }
  known->handler(in, Operation{operands, tokenizer});
}

}  // namespace

void interpret(ContentInterpreter& in, ByteView content) {
  Session& session = in.session;
  Tokenizer tokenizer(content, session.context.xref());
  for (int since_poll = 0; !session.stopped() && tokenizer.next_operator(); ++since_poll) {
    session.charge(session.context.budget.operators, 1, "operators");
    if (since_poll >= kOperatorsPerPoll) {
      since_poll = 0;
      if (is_cancelled(session.context.cancel)) session.stop(ErrorKind::cancelled, "cancelled");
    }
    if (tokenizer.take_overflow())
      in.complain(ErrorKind::limit_exceeded, "too many operands of one operator");
    dispatch(in, tokenizer);
  }
  while (!in.marked.empty()) end_marked_span(in);
}

}  // namespace ode::pdf
