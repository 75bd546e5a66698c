// ode: the command line program. The contract of its options and exit codes is in README and `ode --help`.
#include <cstring>

#include "engine/base/guard.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/sandboxed.h"
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

/// Gives up what `sandboxed …` says and leaves the command line behind it. false: it has been said why not.
bool sandboxed(int& argc, char**& argv) {
  int used = 0;
  const auto request = ode::cli::parse_sandbox_request(argc - 2, argv + 2, used);
  const ode::Status entered = request ? ode::cli::enter_sandbox(*request) : ode::Status(request.error());
  if (!entered) {
    ode::cli::print_error("sandbox", entered.error());
    return false;
  }
  argv[used + 1] = argv[0];
  argv += used + 1;
  argc -= used + 1;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "sandboxed") == 0 && !sandboxed(argc, argv)) return ode::cli::kNoSandbox;
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
