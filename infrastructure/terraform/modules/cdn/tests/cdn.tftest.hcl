mock_provider "aws" {
  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:function/mock" }
  }
  mock_resource "aws_cloudfront_key_value_store" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:key-value-store/mock" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:distribution/MOCK" }
  }
  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:delivery-destination:mock" }
  }
}

variables {
  name               = "ode-test"
  domain             = "ode.example.org"
  origin_domain      = "origin.ode.example.org"
  certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/mock"
  web_acl_arn        = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/mock/1"
  assets_domain_name = "assets.s3.us-east-1.amazonaws.com"
  logs_bucket_arn    = "arn:aws:s3:::logs"
}

run "assets" {
  command = apply

  assert {
    condition     = aws_cloudfront_origin_access_control.assets.signing_behavior == "always" && one([for o in aws_cloudfront_distribution.this.origin : o if o.origin_id == "assets"]).origin_access_control_id == aws_cloudfront_origin_access_control.assets.id
    error_message = "the bucket is read with signed requests"
  }
  assert {
    condition     = aws_cloudfront_function.viewer_request.code == file("../../../../cdn/functions/viewer-request.js") && aws_cloudfront_function.viewer_response.code == file("../../../../cdn/functions/viewer-response.js")
    error_message = "what is tested in cdn/ is what deploys"
  }
  assert {
    condition     = one(aws_cloudfront_function.viewer_request.key_value_store_associations) == aws_cloudfront_key_value_store.releases.arn
    error_message = "the function reads the current release"
  }
  assert {
    condition     = length(aws_cloudfront_distribution.this.default_cache_behavior[0].function_association) == 2 && length(aws_cloudfront_distribution.this.ordered_cache_behavior[0].function_association) == 2 && aws_cloudfront_distribution.this.ordered_cache_behavior[0].path_pattern == "/assets/*"
    error_message = "pages and assets pass both functions"
  }
  assert {
    condition     = aws_cloudfront_cache_policy.this["assets"].default_ttl == 31536000 && aws_cloudfront_cache_policy.this["pages"].default_ttl == 0
    error_message = "assets stay a year, pages are asked for anew"
  }
  assert {
    condition     = !aws_cloudfront_distribution.this.default_cache_behavior[0].compress && alltrue([for b in aws_cloudfront_distribution.this.ordered_cache_behavior : !b.compress])
    error_message = "CloudFront compresses nothing again"
  }
}

run "edges" {
  command = apply

  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && aws_cloudfront_distribution.this.viewer_certificate[0].acm_certificate_arn == var.certificate_arn
    error_message = "TLS 1.2 or later, our certificate"
  }
  assert {
    condition     = alltrue([for b in concat(tolist(aws_cloudfront_distribution.this.ordered_cache_behavior), []) : contains(["https-only", "redirect-to-https"], b.viewer_protocol_policy)]) && aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "nothing in the clear"
  }
  assert {
    condition     = one([for o in aws_cloudfront_distribution.this.origin : o if o.origin_id == "api"]).custom_origin_config[0].origin_protocol_policy == "https-only"
    error_message = "the way to the API is encrypted too"
  }
  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == var.web_acl_arn
    error_message = "WAF stands before it"
  }
  assert {
    condition     = alltrue([for b in aws_cloudfront_distribution.this.ordered_cache_behavior : b.target_origin_id == "api" && b.origin_request_policy_id == aws_cloudfront_origin_request_policy.api.id if b.path_pattern != "/assets/*"]) && contains([for b in aws_cloudfront_distribution.this.ordered_cache_behavior : b.path_pattern], "/v1/*")
    error_message = "the batch host's paths go to the load balancer, uncached"
  }
  assert {
    condition     = aws_cloudfront_cache_policy.this["api"].max_ttl == 0
    error_message = "answers of the API are never kept"
  }
}

run "headers" {
  command = plan

  assert {
    condition     = alltrue([for p in aws_cloudfront_response_headers_policy.this : p.security_headers_config[0].content_type_options[0].override && p.security_headers_config[0].strict_transport_security[0].access_control_max_age_sec >= 31536000])
    error_message = "nosniff and HSTS everywhere"
  }
  assert {
    condition     = strcontains(aws_cloudfront_response_headers_policy.this["pages"].security_headers_config[0].content_security_policy[0].content_security_policy, "default-src 'none'") && strcontains(aws_cloudfront_response_headers_policy.this["pages"].security_headers_config[0].content_security_policy[0].content_security_policy, "'wasm-unsafe-eval'") && !strcontains(aws_cloudfront_response_headers_policy.this["pages"].security_headers_config[0].content_security_policy[0].content_security_policy, "'unsafe-inline'")
    error_message = "pages run their own scripts and WebAssembly, nothing else"
  }
  assert {
    condition     = one(one(aws_cloudfront_response_headers_policy.this["assets"].cors_config).access_control_allow_origins[0].items) == "*" && length(aws_cloudfront_response_headers_policy.this["pages"].cors_config) == 0
    error_message = "other sites may load the engine, not the pages"
  }
  assert {
    condition     = contains([for i in aws_cloudfront_response_headers_policy.this["pages"].custom_headers_config[0].items : "${i.header}: ${i.value}"], "Cross-Origin-Opener-Policy: same-origin")
    error_message = "pages are isolated, so that the engine has shared memory"
  }
}

run "refuses" {
  command = plan
  variables {
    name          = "X"
    domain        = "https://ode.example.org"
    origin_domain = "ORIGIN"
    price_class   = "cheap"
  }
  expect_failures = [var.name, var.domain, var.origin_domain, var.price_class]
}
