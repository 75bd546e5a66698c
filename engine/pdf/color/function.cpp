// See color/function.h.
#include "engine/pdf/color/function.h"

#include <Function.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr int kStitchDepthMax = 8;
constexpr std::size_t kBreaksMax = 4096;

/// Collects the bounds of stitching functions (7.10.4), mapped back through the encodings of those around
/// them. Read from the dictionaries, because poppler exports its classes without their type information.
struct Survey {
  std::vector<double> breaks;
  int samples = 0;
  bool calculator = false;

  /// Takes an input of the function at hand to one of the outermost.
  struct Affine {
    double scale = 1, offset = 0;
    double at(double x) const { return scale * x + offset; }
  };

  void visit(const Object& function, const Affine& outer, int depth) {
    if (depth > kStitchDepthMax || breaks.size() > kBreaksMax) return;
    const int type = int_or(entry(function, "FunctionType"), -1);
    if (type == 0) {
      for (const double size : numbers_of(entry(function, "Size"), kFunctionArityMax)) {
        samples = std::max(samples, static_cast<int>(size));
      }
    } else if (type == 3) {
      visit_parts(function, outer, depth);
    } else if (type == 4) {
      calculator = true;
    }
  }

  void visit_parts(const Object& function, const Affine& outer, int depth) {
    const Object parts = entry(function, "Functions");
    const std::vector<double> domain = numbers_of(entry(function, "Domain"), 2);
    std::vector<double> bounds = numbers_of(entry(function, "Bounds"), kBreaksMax);
    const std::vector<double> encode = numbers_of(entry(function, "Encode"), 2 * kBreaksMax);
    if (domain.size() < 2) return;
    for (const double bound : bounds) breaks.push_back(outer.at(bound));
    bounds.insert(bounds.begin(), domain[0]);
    bounds.push_back(domain[1]);
    const auto count =
        std::min({static_cast<std::size_t>(element_count(parts)), bounds.size() - 1, encode.size() / 2});
    for (std::size_t i = 0; i < count && breaks.size() <= kBreaksMax; ++i) {
      const double width = bounds[i + 1] - bounds[i], encoded = encode[2 * i + 1] - encode[2 * i];
      if (!(width > 0) || encoded == 0) continue;
      const double slope = width / encoded;
      visit(element(parts, static_cast<int>(i)),
            {outer.scale * slope, outer.at(bounds[i] - encode[2 * i] * slope)}, depth + 1);
    }
  }
};

}  // namespace

PdfFunction::PdfFunction(std::unique_ptr<Function> function, const Object& object)
    : function_(std::move(function)),
      inputs_(function_->getInputSize()),
      outputs_(function_->getOutputSize()) {
  Survey survey;
  survey.visit(object, {}, 0);
  breaks_ = std::move(survey.breaks);
  samples_ = survey.samples;
  calculator_ = survey.calculator;
  breaks_.erase(std::remove_if(breaks_.begin(), breaks_.end(), [](double v) { return !std::isfinite(v); }),
                breaks_.end());
  std::sort(breaks_.begin(), breaks_.end());
}

PdfFunction::~PdfFunction() = default;

Result<std::shared_ptr<const PdfFunction>> PdfFunction::parse(Context& context, const Object& object) {
  Object copy = object.copy();
  std::unique_ptr<Function> function(Function::parse(&copy));
  if (!function || !function->isOk()) return context.fail(ErrorKind::malformed, "a function cannot be read");
  if (function->getInputSize() < 1 || function->getInputSize() > kFunctionArityMax ||
      function->getOutputSize() < 1 || function->getOutputSize() > kFunctionArityMax) {
    return context.fail(ErrorKind::malformed, "a function has an unusable number of inputs or outputs");
  }
  return std::shared_ptr<const PdfFunction>(new PdfFunction(std::move(function), object));
}

void PdfFunction::evaluate(std::span<const double> in, std::span<double> out) const {
  std::array<double, kFunctionArityMax> from{}, to{};
  std::copy_n(in.begin(), std::min<std::size_t>(in.size(), kFunctionArityMax), from.begin());
  {
    const std::lock_guard lock(mutex_);
    function_->transform(from.data(), to.data());
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool known = i < static_cast<std::size_t>(outputs_);
    out[i] = known && std::isfinite(to[i]) ? to[i] : 0;
  }
}

}  // namespace ode::pdf
