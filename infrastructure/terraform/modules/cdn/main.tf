# The edge: hashed assets and pages from the assets bucket, the API from the load balancer. Functions and headers are read from cdn/, where
# they are tested: what is tested is what deploys.

locals {
  source   = var.source_dir == "" ? "${path.module}/../../../../cdn" : var.source_dir
  policies = jsondecode(file("${local.source}/headers/policies.json"))
  # Paths of the batch host; all others are pages.
  api_paths = ["/v1/*", "/healthz", "/readyz", "/version", "/openapi.json"]
}

resource "aws_cloudfront_origin_access_control" "assets" {
  name                              = "${var.name}-assets"
  description                       = "CloudFront signs its requests to the assets bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_key_value_store" "releases" {
  name    = "${var.name}-releases"
  comment = "current: the release whose pages are served; cdn/publish writes it"
}

resource "aws_cloudfront_function" "viewer_request" {
  name                         = "${var.name}-viewer-request"
  runtime                      = "cloudfront-js-2.0"
  comment                      = "release and encoding"
  publish                      = true
  code                         = file("${local.source}/functions/viewer-request.js")
  key_value_store_associations = [aws_cloudfront_key_value_store.releases.arn]
}

resource "aws_cloudfront_function" "viewer_response" {
  name    = "${var.name}-viewer-response"
  runtime = "cloudfront-js-2.0"
  comment = "Vary"
  publish = true
  code    = file("${local.source}/functions/viewer-response.js")
}

resource "aws_cloudfront_cache_policy" "this" {
  for_each = local.policies

  name        = "${var.name}-${each.key}"
  comment     = each.value.comment
  min_ttl     = each.value.cache_seconds.min
  default_ttl = each.value.cache_seconds.default
  max_ttl     = each.value.cache_seconds.max

  # The path tells encodings apart (functions/viewer-request.js), so that CloudFront's own negotiation stays out of the key.
  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = false
    enable_accept_encoding_gzip   = false
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

# The API sees everything but the viewer's Host: the load balancer's certificate is for its own name.
resource "aws_cloudfront_origin_request_policy" "api" {
  name    = "${var.name}-api"
  comment = "all but Host"

  cookies_config {
    cookie_behavior = "all"
  }
  headers_config {
    header_behavior = "allExcept"
    headers {
      items = ["host"]
    }
  }
  query_strings_config {
    query_string_behavior = "all"
  }
}

resource "aws_cloudfront_response_headers_policy" "this" {
  for_each = local.policies

  name    = "${var.name}-${each.key}"
  comment = each.value.comment

  security_headers_config {
    content_type_options {
      override = true
    }
    strict_transport_security {
      access_control_max_age_sec = each.value.strict_transport_security_seconds
      include_subdomains         = true
      override                   = true
    }
    referrer_policy {
      referrer_policy = each.value.referrer_policy
      override        = true
    }
    dynamic "frame_options" {
      for_each = each.value.frame_options == "" ? [] : [each.value.frame_options]
      content {
        frame_option = frame_options.value
        override     = true
      }
    }
    dynamic "content_security_policy" {
      for_each = each.value.content_security_policy == "" ? [] : [each.value.content_security_policy]
      content {
        content_security_policy = content_security_policy.value
        override                = true
      }
    }
  }

  dynamic "custom_headers_config" {
    for_each = length(each.value.headers) > 0 ? [each.value.headers] : []
    content {
      dynamic "items" {
        for_each = custom_headers_config.value
        content {
          header   = items.key
          value    = items.value
          override = true
        }
      }
    }
  }

  dynamic "cors_config" {
    for_each = length(each.value.cors_origins) > 0 ? [each.value.cors_origins] : []
    content {
      access_control_allow_credentials = false
      origin_override                  = true
      access_control_max_age_sec       = 86400
      access_control_allow_headers {
        items = ["Range"]
      }
      access_control_allow_methods {
        items = ["GET", "HEAD"]
      }
      access_control_allow_origins {
        items = cors_config.value
      }
      access_control_expose_headers {
        items = ["Accept-Ranges", "Content-Range", "Content-Length", "ETag"]
      }
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  comment         = var.name
  aliases         = [var.domain]
  price_class     = var.price_class
  web_acl_id      = var.web_acl_arn

  origin {
    origin_id                = "assets"
    domain_name              = var.assets_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.assets.id
  }

  origin {
    origin_id   = "api"
    domain_name = var.origin_domain
    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_protocol_policy   = "https-only"
      origin_ssl_protocols     = ["TLSv1.2"]
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }
  }

  default_cache_behavior {
    target_origin_id           = "assets"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD", "OPTIONS"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = false
    cache_policy_id            = aws_cloudfront_cache_policy.this["pages"].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this["pages"].id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.viewer_request.arn
    }
    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.viewer_response.arn
    }
  }

  ordered_cache_behavior {
    path_pattern               = "/assets/*"
    target_origin_id           = "assets"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD", "OPTIONS"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = false
    cache_policy_id            = aws_cloudfront_cache_policy.this["assets"].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this["assets"].id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.viewer_request.arn
    }
    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.viewer_response.arn
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.api_paths
    content {
      path_pattern               = ordered_cache_behavior.value
      target_origin_id           = "api"
      viewer_protocol_policy     = "https-only"
      allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
      cached_methods             = ["GET", "HEAD"]
      compress                   = false
      cache_policy_id            = aws_cloudfront_cache_policy.this["api"].id
      origin_request_policy_id   = aws_cloudfront_origin_request_policy.api.id
      response_headers_policy_id = aws_cloudfront_response_headers_policy.this["api"].id
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  tags = { Name = var.name }
}

# Access logs, version 2: delivered to the logs bucket, which keeps them for its lifetime.
resource "aws_cloudwatch_log_delivery_source" "this" {
  region       = "us-east-1"
  name         = "${var.name}-cloudfront"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn
}

resource "aws_cloudwatch_log_delivery_destination" "this" {
  region        = "us-east-1"
  name          = "${var.name}-cloudfront"
  output_format = "json"
  delivery_destination_configuration {
    destination_resource_arn = "${var.logs_bucket_arn}/cloudfront"
  }
}

resource "aws_cloudwatch_log_delivery" "this" {
  region                   = "us-east-1"
  delivery_source_name     = aws_cloudwatch_log_delivery_source.this.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.this.arn
}
