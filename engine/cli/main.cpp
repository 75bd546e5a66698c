// ode: the command line program. The contract of its options and exit codes is in README and `ode --help`.
#include "engine/base/guard.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/platform/process.h"

namespace {

struct Run {
  const ode::CancelFlag& cancel;
  int operator()(const ode::cli::InfoOptions& options) const { return ode::cli::run_info(options); }
  int operator()(const ode::cli::RenderOptions& options) const {
    return ode::cli::run_render(options, cancel);
  }
  int operator()(const ode::cli::ConvertOptions& options) const {
    return ode::cli::run_convert(options, cancel);
  }
  int operator()(const ode::cli::TextOptions& options) const { return ode::cli::run_text(options, cancel); }
  int operator()(const ode::cli::SearchOptions& options) const {
    return ode::cli::run_search(options, cancel);
  }
};

}  // namespace

int main(int argc, char** argv) {
  ode::CancelFlag cancel;
  ode::platform::cancel_on_interrupt(&cancel);
  const auto code = ode::guarded([&]() -> ode::Result<int> {
    const auto options = ode::cli::parse_options(argc, argv);
    if (const int* done = std::get_if<int>(&options)) return *done;
    return std::visit(Run{cancel}, std::get<ode::cli::Options>(options));
  });
  if (code) return *code;
  // Pages tell their own errors: what comes here ended the command.
  ode::cli::print_error(argc > 1 ? argv[1] : "ode", code.error());
  return ode::cli::exit_code_of_open(code.error());
}
