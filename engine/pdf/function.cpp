// See function.h.
#include "engine/pdf/function.h"

#include <Function.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ode::pdf {
namespace {

constexpr int kStitchDepthMax = 8;
constexpr std::size_t kBreaksMax = 4096;

/// Collects the bounds of stitching functions, mapped back through the encodings of those around them:
/// `at(x)` takes a value of this function's input to the outermost one's.
struct Survey {
  std::vector<double> breaks;
  int samples = 0;
  bool calculator = false;

  struct Affine {
    double scale = 1, offset = 0;
    double at(double x) const { return scale * x + offset; }
  };

  void visit(const Function& function, const Affine& outer, int depth) {
    if (depth > kStitchDepthMax || breaks.size() > kBreaksMax) return;
    calculator = calculator || function.getType() == 4;
    if (function.getType() == 0) {
      const auto& sampled = static_cast<const SampledFunction&>(function);
      for (int i = 0; i < function.getInputSize(); ++i) samples = std::max(samples, sampled.getSampleSize(i));
    }
    if (function.getType() != 3) return;
    const auto& stitching = static_cast<const StitchingFunction&>(function);
    // poppler: bounds[0] and bounds[k] are the domain; encode holds two numbers per part.
    const double* bounds = stitching.getBounds();
    const double* encode = stitching.getEncode();
    for (int i = 0; i < stitching.getNumFuncs(); ++i) {
      if (i > 0) breaks.push_back(outer.at(bounds[i]));
      const double width = bounds[i + 1] - bounds[i], encoded = encode[2 * i + 1] - encode[2 * i];
      if (!(width > 0) || encoded == 0) continue;
      const double slope = width / encoded;
      const Affine inner{outer.scale * slope, outer.at(bounds[i] - encode[2 * i] * slope)};
      visit(*stitching.getFunc(i), inner, depth + 1);
    }
  }
};

}  // namespace

PdfFunction::PdfFunction(std::unique_ptr<Function> function)
    : function_(std::move(function)),
      inputs_(function_->getInputSize()),
      outputs_(function_->getOutputSize()) {
  Survey survey;
  survey.visit(*function_, {}, 0);
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
  return std::shared_ptr<const PdfFunction>(new PdfFunction(std::move(function)));
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
