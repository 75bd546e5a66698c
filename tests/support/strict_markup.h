// A strict reader of the HTML and SVG that ODE writes, for tests: what it takes is well-formed and can run
// nothing. It knows the small part of both languages that the writers use; anything else is a complaint, as a
// browser's leniency is where injections live.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ode::testing {

enum class MarkupKind { html, svg };

/// "" or what is wrong first, with the markup around it: elements that are not closed, script, attributes
/// that are events (on*), URLs of any scheme but http, https, mailto and data of images and fonts, style
/// sheets that load anything else, references that are not escaped, characters that are not allowed.
/// `known`: elements that are taken where they stand just so, whatever they are.
std::string complaint_about(std::string_view markup, MarkupKind kind,
                            std::span<const std::string> known = {});

}  // namespace ode::testing
