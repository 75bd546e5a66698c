mock_provider "aws" {
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/mock/1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-mock" }
  }
}

variables {
  name        = "ode-test"
  scope       = "CLOUDFRONT"
  region      = "us-east-1"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/mock"
}

run "rules" {
  command = apply

  assert {
    condition     = toset([for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : r.Name]) == toset(["rate-all", "rate-conversions", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesLinuxRuleSet"])
    error_message = "two rate limits and four managed groups"
  }
  assert {
    condition     = length(distinct([for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : r.Priority])) == length(jsondecode(aws_wafv2_web_acl.this.rule_json))
    error_message = "each rule has its own place"
  }
  assert {
    condition     = alltrue([for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : r.Action.Block.CustomResponse.ResponseCode == 429 if startswith(r.Name, "rate-")])
    error_message = "rate limits block, with 429"
  }
  assert {
    condition     = [for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : r.Statement.RateBasedStatement.Limit if startswith(r.Name, "rate-")] == [10000, 1000]
    error_message = "10000 requests and 1000 conversions in five minutes"
  }
  assert {
    condition     = jsondecode(aws_wafv2_web_acl.this.rule_json)[1].Statement.RateBasedStatement.ScopeDownStatement.AndStatement.Statements[0].RegexMatchStatement.RegexString == "^POST$" && jsondecode(aws_wafv2_web_acl.this.rule_json)[1].Statement.RateBasedStatement.ScopeDownStatement.AndStatement.Statements[1].RegexMatchStatement.RegexString == "^/v1/"
    error_message = "the smaller limit counts posts to the API"
  }
  assert {
    condition     = alltrue([for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : r.OverrideAction.None == {} if startswith(r.Name, "AWS")])
    error_message = "managed groups block as they see fit"
  }
  assert {
    condition     = alltrue(flatten([for r in jsondecode(aws_wafv2_web_acl.this.rule_json) : [for o in r.Statement.ManagedRuleGroupStatement.RuleActionOverrides : endswith(o.Name, "_BODY")] if startswith(r.Name, "AWS")]))
    error_message = "only what reads bodies as text counts instead"
  }
  assert {
    condition     = toset([for f in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : f.single_header[0].name]) == toset(["authorization", "x-api-key"])
    error_message = "keys stay out of the logs"
  }
  assert {
    condition     = startswith(aws_cloudwatch_log_group.this.name, "aws-waf-logs-") && aws_cloudwatch_log_group.this.retention_in_days == 90 && aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn
    error_message = "logs are where AWS wants them, encrypted, forgotten in time"
  }
}

run "refuses" {
  command = plan
  variables {
    name                   = "X"
    region                 = "eu-central-1"
    requests_per_5_minutes = { all = 5, conversions = 5 }
  }
  expect_failures = [var.name, var.region, var.requests_per_5_minutes]
}
