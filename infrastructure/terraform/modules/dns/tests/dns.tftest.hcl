mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock"
      domain_validation_options = [
        { domain_name = "ode.example.org", resource_record_name = "_a.ode.example.org", resource_record_type = "CNAME", resource_record_value = "_a.acm" },
        { domain_name = "origin.ode.example.org", resource_record_name = "_b.ode.example.org", resource_record_type = "CNAME", resource_record_value = "_b.acm" },
        { domain_name = "grafana.ode.example.org", resource_record_name = "_c.ode.example.org", resource_record_type = "CNAME", resource_record_value = "_c.acm" },
      ]
    }
  }
}

variables {
  zone_name = "example.org"
  domain    = "ode.example.org"
  region    = "eu-central-1"
  cdn       = { domain_name = "d1.cloudfront.net", hosted_zone_id = "Z2FDTNDATAQYW2" }
}

run "names_and_certificates" {
  command = apply

  assert {
    condition     = aws_acm_certificate.this["edge"].region == "us-east-1" && aws_acm_certificate.this["origin"].region == "eu-central-1"
    error_message = "CloudFront looks in us-east-1, the load balancer in its own region"
  }
  assert {
    condition     = alltrue([for c in aws_acm_certificate.this : c.validation_method == "DNS"]) && aws_route53_record.proof["origin/origin.ode.example.org"].name == "_b.ode.example.org" && one(aws_route53_record.proof["origin/grafana.ode.example.org"].records) == "_c.acm"
    error_message = "every name is proven by its own record"
  }
  assert {
    condition     = toset(keys(aws_route53_record.domain)) == toset(["A", "AAAA"]) && alltrue([for r in aws_route53_record.domain : r.alias[0].name == "d1.cloudfront.net"])
    error_message = "the name leads to CloudFront, over IPv4 and IPv6"
  }
  assert {
    condition     = contains(aws_route53_record.caa.records, "0 issue \"amazon.com\"") && length(aws_route53_record.caa.records) == 3
    error_message = "only Amazon issues certificates"
  }
  assert {
    condition     = output.origin_domain == "origin.ode.example.org"
    error_message = "the origin has its own name"
  }
}

run "refuses_odd_zones" {
  command = plan
  variables {
    zone_name = "EXAMPLE"
    domain    = "ode.EXAMPLE"
  }
  expect_failures = [var.zone_name]
}

run "refuses_a_name_outside_the_zone" {
  command = plan
  variables {
    domain = "ode.example.com"
  }
  expect_failures = [var.domain]
}
