mock_provider "aws" {
  mock_resource "aws_ce_anomaly_monitor" {
    defaults = { arn = "arn:aws:ce::123456789012:anomalymonitor/mock" }
  }
}

variables {
  name               = "ode-test"
  environment        = "test"
  monthly_budget_usd = 500
  alarm_topic_arn    = "arn:aws:sns:us-east-1:123456789012:alarms"
}

run "promises" {
  command = apply

  assert {
    condition     = toset([for n in aws_budgets_budget.this.notification : "${n.notification_type} ${n.threshold}"]) == toset(["FORECASTED 50", "FORECASTED 80", "ACTUAL 90"])
    error_message = "50 % and 80 % forecast, 90 % actual"
  }
  assert {
    condition     = alltrue([for n in aws_budgets_budget.this.notification : one(n.subscriber_sns_topic_arns) == var.alarm_topic_arn])
    error_message = "each tells somebody"
  }
  assert {
    condition     = one(one(aws_budgets_budget.this.cost_filter).values) == "user:Environment$test"
    error_message = "only this environment's costs count"
  }
  assert {
    condition     = one(aws_ce_anomaly_subscription.this.subscriber).address == var.alarm_topic_arn && one(one(one(aws_ce_anomaly_subscription.this.threshold_expression).dimension).values) == "50"
    error_message = "a tenth of the sum, unexpected, tells somebody"
  }
}

run "refuses" {
  command = plan
  variables {
    name               = "X"
    monthly_budget_usd = 0
  }
  expect_failures = [var.name, var.monthly_budget_usd]
}
