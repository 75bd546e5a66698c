#include "server/worker/runner.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

namespace fs = std::filesystem;

// Where poppler finds CMaps of fonts that are not embedded (engine/pdf/poppler_globals.cpp).
constexpr const char* kPopplerData = "/usr/share/poppler";

Result<std::string> digest_of_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return system_error("cannot open " + path);
  Sha256 digest;
  std::array<char, kCopyBlockBytes> block;
  for (;;) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0) return system_error("cannot read " + path);
    if (got == 0) return digest.hex();
    digest.add({block.data(), static_cast<std::size_t>(got)});
  }
}

std::string names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    names.push_back(entry.path().filename().string() + " " +
                    std::to_string(entry.is_regular_file() ? fs::file_size(entry.path(), error) : 0));
  }
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names) all += name + "\n";
  return all;
}

Attempt failed(const Job& job, std::string code, std::string message) {
  Attempt attempt;
  attempt.outcome.state = JobState::failed;
  attempt.outcome.error_code = std::move(code);
  attempt.outcome.error_message = std::move(message);
  attempt.outcome.options = job.options;
  return attempt;
}

Attempt again(const Job& job, std::string code, std::string message) {
  Attempt attempt = failed(job, std::move(code), std::move(message));
  attempt.next = Attempt::Next::retry;
  return attempt;
}

const char* explanation(ChildEnd end) {
  switch (end) {
    case ChildEnd::crashed:
      return "the engine crashed on this document";
    case ChildEnd::timed_out:
      return "the document took longer than a document may";
    case ChildEnd::cpu_exceeded:
      return "the document needed more processor time than a document may";
    case ChildEnd::out_of_memory:
      return "the document needed more memory than a document may";
    case ChildEnd::forbidden_call:
      return "the document made the engine try something that the sandbox forbids";
    case ChildEnd::result_too_large:
      return "the result is larger than results may be";
    default:
      return "the document could not be converted";
  }
}

}  // namespace

std::string message_of(const ChildReport& report) {
  std::string line = report.messages.substr(0, report.messages.find('\n'));
  for (const std::string_view prefix : {"ode: ", "-: "}) {
    if (line.rfind(prefix, 0) == 0) line.erase(0, prefix.size());
  }
  line.resize(std::min<std::size_t>(line.size(), 500));
  while (!line.empty() && !is_utf8(line)) line.pop_back();
  return line;
}

Result<Engine> Engine::find(const Config& config) {
  Engine engine;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  engine.program = config.program.empty() ? (self.parent_path() / "ode").string() : config.program;
  if (::access(engine.program.c_str(), X_OK) != 0)
    return system_error("the engine, " + engine.program + " (ODE_PROGRAM)");
  engine.program = fs::canonical(engine.program, error).string();
  const fs::path beside = fs::path(engine.program).parent_path().parent_path() / "share/ode/fonts";
  engine.fonts = config.fonts.empty() ? fs::canonical(beside, error).string() : config.fonts;
  if (!fs::is_directory(engine.fonts, error))
    return Error{ErrorKind::io, "no font pack in " + beside.string() + " (ODE_FONTS)"};
  engine.fingerprint = sha256_hex(ODE_TRY(digest_of_file(engine.program)) + names_in(engine.fonts));
  return engine;
}

ChildTask Runner::task_for(const Conversion& conversion, int document) const {
  ChildTask task;
  task.program = engine_.program;
  task.arguments = conversion.arguments(engine_.fonts);
  task.readable = {engine_.fonts, kPopplerData};
  // Faces of the pack may be links to where Debian has them.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(engine_.fonts, error)) {
    const std::string folder = fs::canonical(entry.path(), error).parent_path().string();
    if (!error && std::find(task.readable.begin(), task.readable.end(), folder) == task.readable.end())
      task.readable.push_back(folder);
  }
  task.document = document;
  task.limits = {config_.child_wall_s * 1000, config_.child_cpu_s, config_.child_memory_bytes,
                 config_.result_bytes_max};
  return task;
}

void Runner::count(const ChildReport& report) const {
  metrics_.add("ode_child_ends_total", {{"end", name_of(report.end)}});
  metrics_.add("ode_child_cpu_seconds_total", {}, static_cast<double>(report.cpu_ms) / 1000);
}

ChildReport Runner::run_now(const Conversion& conversion, int document, const BlobSink& output) const {
  ChildTask task = task_for(conversion, document);
  task.output = output;
  ChildReport report = sandbox_.run(task);
  count(report);
  return report;
}

Attempt Runner::run(const Job& job, AttemptState& state,
                    const std::function<void(PageProgress)>& progress) const {
  const auto conversion = Conversion::from_json(job.target, job.options);
  if (!conversion) return failed(job, "bad_request", conversion.error().message);
  auto memory = MemoryFile::make("document");
  if (!memory) return again(job, "no_memory", memory.error().message);
  const Status loaded = blobs_.read(job.document, 0, job.document_bytes,
                                    [&](std::string_view bytes) { return memory->add(bytes); });
  if (!loaded) return again(job, "storage", loaded.error().message);
  auto document = memory->seal();
  if (!document) return again(job, "no_memory", document.error().message);

  const std::string key = "out/" + job.id + "/" + std::to_string(job.attempt) + "-" + job.lease_token;
  auto writer = blobs_.create(key);
  if (!writer) return again(job, "storage", writer.error().message);
  Sha256 digest;
  ChildTask task = task_for(*conversion, document->get());
  task.cancel = &state.stop;
  task.output = [&](std::string_view bytes) {
    digest.add(bytes);
    return (*writer)->write(bytes);
  };
  task.progress = [&](int done, int total) {
    if (total > config_.pages_max) state.stop_for(StopReason::too_many_pages);
    state.pages_done.store(done);
    state.pages_total.store(total);
    progress({done, total});
  };
  const ChildReport report = sandbox_.run(task);
  count(report);
  Attempt attempt = judged(job, *conversion, report, state);
  if (attempt.outcome.state != JobState::done) return attempt;
  if (const Status kept = (*writer)->commit(); !kept) return again(job, "storage", kept.error().message);
  attempt.outcome.result = key;
  attempt.outcome.result_type = conversion->content_type();
  attempt.outcome.result_bytes = report.result_bytes;
  attempt.outcome.result_sha256 = digest.hex();
  return attempt;
}

Attempt Runner::judged(const Job& job, const Conversion& conversion, const ChildReport& report,
                       const AttemptState& state) const {
  Attempt attempt;
  attempt.outcome.options = conversion.to_json(Conversion::Secrets::left_out);
  attempt.outcome.pages_done = state.pages_done.load();
  attempt.outcome.pages_total = state.pages_total.load();
  const StopReason reason = report.end == ChildEnd::cancelled ? state.reason.load() : StopReason::none;
  if (reason == StopReason::lease_lost || reason == StopReason::shutdown) {
    attempt.next = reason == StopReason::shutdown ? Attempt::Next::hand_back : Attempt::Next::forget;
  } else if (reason == StopReason::asked) {
    attempt.outcome.state = JobState::cancelled;
    attempt.outcome.error_code = "cancelled";
    attempt.outcome.error_message = "cancelled while it ran";
  } else if (reason == StopReason::too_many_pages) {
    attempt.outcome.error_code = "too_many_pages";
    attempt.outcome.error_message =
        "more than " + std::to_string(config_.pages_max) + " pages; choose some with \"pages\"";
  } else if (report.end == ChildEnd::done ||
             (report.end == ChildEnd::some_pages_failed && report.result_bytes > 0)) {
    attempt.outcome.state = JobState::done;
    if (report.end == ChildEnd::done) return attempt;
    attempt.outcome.error_code = name_of(report.end);
    attempt.outcome.error_message = message_of(report);
  } else if (report.end == ChildEnd::output_failed) {
    return again(job, "storage", report.output_error.message);
  } else if (report.end == ChildEnd::cannot_start) {
    return again(job, "cannot_start", message_of(report));
  } else {
    attempt.outcome.error_code = name_of(report.end);
    const std::string said = report.exit_code >= 0 ? message_of(report) : "";
    attempt.outcome.error_message = said.empty() ? explanation(report.end) : said;
  }
  return attempt;
}

}  // namespace ode::server
