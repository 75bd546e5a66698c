# The web application firewall: AWS's managed rules and rate limits by address. Bodies are PDFs: rules that read bodies as text count
# rather than block, since a PDF's bytes look like any attack; the batch host parses bodies in a sandbox and needs no such help.

locals {
  managed = {
    AWSManagedRulesAmazonIpReputationList = { priority = 10, counted = [] }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 20, counted = [] }
    AWSManagedRulesCommonRuleSet          = { priority = 30, counted = ["SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "EC2MetaDataSSRF_BODY"] }
    AWSManagedRulesLinuxRuleSet           = { priority = 40, counted = [] }
  }
  refuse = { Block = { CustomResponse = { ResponseCode = 429, ResponseHeaders = [{ Name = "Retry-After", Value = "300" }] } } }
  seen   = { SampledRequestsEnabled = true, CloudWatchMetricsEnabled = true }
  match = {
    posts = { RegexMatchStatement = { RegexString = "^POST$", FieldToMatch = { Method = {} }, TextTransformations = [{ Priority = 0, Type = "NONE" }] } }
    api   = { RegexMatchStatement = { RegexString = "^/v1/", FieldToMatch = { UriPath = {} }, TextTransformations = [{ Priority = 0, Type = "NORMALIZE_PATH" }] } }
  }

  # A flood from one address is refused before anything reads it.
  rate_all = {
    Name             = "rate-all"
    Priority         = 1
    Action           = local.refuse
    Statement        = { RateBasedStatement = { Limit = var.requests_per_5_minutes.all, EvaluationWindowSec = 300, AggregateKeyType = "IP" } }
    VisibilityConfig = merge(local.seen, { MetricName = "rate-all" })
  }
  rate_conversions = {
    Name     = "rate-conversions"
    Priority = 2
    Action   = local.refuse
    Statement = { RateBasedStatement = {
      Limit               = var.requests_per_5_minutes.conversions
      EvaluationWindowSec = 300
      AggregateKeyType    = "IP"
      ScopeDownStatement  = { AndStatement = { Statements = [local.match.posts, local.match.api] } }
    } }
    VisibilityConfig = merge(local.seen, { MetricName = "rate-conversions" })
  }
  managed_rules = [for name, rule in local.managed : {
    Name           = name
    Priority       = rule.priority
    OverrideAction = { None = {} }
    Statement = { ManagedRuleGroupStatement = {
      VendorName          = "AWS"
      Name                = name
      RuleActionOverrides = [for counted in rule.counted : { Name = counted, ActionToUse = { Count = {} } }]
    } }
    VisibilityConfig = merge(local.seen, { MetricName = name })
  }]
  # Encoded one by one: rules differ in shape, and a list has one shape.
  rules = "[${join(",", concat([jsonencode(local.rate_all), jsonencode(local.rate_conversions)], [for rule in local.managed_rules : jsonencode(rule)]))}]"
}

resource "aws_wafv2_web_acl" "this" {
  region      = var.region
  name        = "${var.name}-${lower(var.scope)}"
  description = "ODE: managed rules and rate limits"
  scope       = var.scope

  # In the API's own form: the conditions of the second rate limit nest deeper than the provider's blocks are good for.
  rule_json = local.rules

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${var.name}-${lower(var.scope)}"
    sampled_requests_enabled   = true
  }
}

# AWS demands the prefix aws-waf-logs-.
resource "aws_cloudwatch_log_group" "this" {
  region            = var.region
  name              = "aws-waf-logs-${var.name}-${lower(var.scope)}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  region                  = var.region
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.this.arn]

  # Keys of the API are secrets, also in logs.
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }
  redacted_fields {
    single_header {
      name = "x-api-key"
    }
  }

  logging_filter {
    default_behavior = "DROP"
    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "BLOCK"
        }
      }
      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}
