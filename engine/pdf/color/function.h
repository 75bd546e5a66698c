// PdfFunction: ISO 32000-2, 7.10, evaluated by poppler behind a lock: tint transforms are needed on the
// threads that decode images, and poppler's functions keep scratch memory. Used by color_space_tint, shading
// and load_transfer.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "engine/pdf/objects/context.h"

class Function;  // poppler's

namespace ode::pdf {

inline constexpr int kFunctionArityMax = 32;  ///< poppler's limit for inputs and for outputs

/// Immutable and thread-safe.
class PdfFunction {
 public:
  /// A function dictionary or stream, resolved, or the name Identity. Errors: malformed.
  static Result<std::shared_ptr<const PdfFunction>> parse(Context& context, const Object& object);
  ~PdfFunction();

  /// kFunctionArityMax for Identity, which takes any number.
  int inputs() const { return inputs_; }
  int outputs() const { return outputs_; }
  /// Missing inputs count as 0; outputs that the function does not have become 0, as do NaNs.
  void evaluate(std::span<const double> in, std::span<double> out) const;

  /// Values of the first input at which the function may jump or bend, inside its domain, in rising order:
  /// the bounds of stitching functions, those nested in them included.
  const std::vector<double>& breaks() const { return breaks_; }
  /// The largest number of samples along one input of a sampled function in it; 0 when there is none.
  int samples() const { return samples_; }
  /// A PostScript calculator function: it may jump anywhere.
  bool calculator() const { return calculator_; }

 private:
  PdfFunction(std::unique_ptr<Function> function, const Object& object);

  std::unique_ptr<Function> function_;
  mutable std::mutex mutex_;
  int inputs_ = 0, outputs_ = 0, samples_ = 0;
  bool calculator_ = false;
  std::vector<double> breaks_;
};

}  // namespace ode::pdf
