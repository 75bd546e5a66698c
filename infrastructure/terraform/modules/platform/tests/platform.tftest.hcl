mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"] }
  }
}

variables {
  environment = "production"
  zone_name   = "example.org"
  domain      = "ode.example.org"
  repository  = "example/ode"
  emails      = ["ops@example.org"]
  passwords   = { redis = "0123456789abcdefghijklmnopqrstuvwxyz", webhook = "0123456789abcdefghijklmnopqrstuvwxyz", grafana = "0123456789abcdefghijklmnopqrstuvwxyz", bootstrap = "0123456789abcdefghijklmnopqrstuvwxyz" }
  people = {
    admin     = "arn:aws:iam::123456789012:role/admin"
    developer = "arn:aws:iam::123456789012:role/developer"
  }
  settings = {
    cidr                = "10.0.0.0/16"
    nat_gateways        = 3
    system_nodes        = 3
    worker_nodes        = { min = 2, desired = 3, max = 10 }
    night_nodes         = null
    database            = { class = "db.t4g.medium", multi_az = true, backup_days = 35, insights = "advanced" }
    redis               = { type = "cache.t4g.small", nodes = 2 }
    replica_region      = "us-west-2"
    deletion_protection = true
    log_days            = 90
    backup_days         = 90
    budget_usd          = 1800
  }
}

run "edges" {
  command = plan

  assert {
    condition     = alltrue([for r in aws_vpc_security_group_ingress_rule.load_balancer : r.cidr_ipv4 == null && r.cidr_ipv6 == null]) && { for k, r in aws_vpc_security_group_ingress_rule.load_balancer : k => r.from_port } == { http = 80, https = 443 }
    error_message = "the load balancer admits CloudFront on 80 and 443, nobody else"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.pods.from_port == 8080 && aws_vpc_security_group_ingress_rule.pods.to_port == 8080 && aws_vpc_security_group_egress_rule.load_balancer.from_port == 8080
    error_message = "the load balancer reaches pods on 8080"
  }
}

run "people" {
  command = plan

  assert {
    condition     = local.access["admin"].policy == "AmazonEKSClusterAdminPolicy" && local.access["developer"].policy == "AmazonEKSViewPolicy" && tolist(local.access["developer"].namespaces) == tolist(["ode"])
    error_message = "in production a developer reads one namespace"
  }
}

run "developers_write_in_dev" {
  command = plan
  variables {
    environment = "dev"
  }
  assert {
    condition     = local.access["developer"].policy == "AmazonEKSEditPolicy"
    error_message = "in dev a developer writes"
  }
}

run "workloads" {
  command = plan

  assert {
    condition     = toset([for w in local.workloads : "${w.namespace}/${w.service_account}"]) == toset(["ode/ode-api", "ode/ode-worker", "external-secrets/external-secrets", "external-dns/external-dns", "cert-manager/cert-manager", "velero/velero", "monitoring/loki", "monitoring/tempo", "monitoring/cloudwatch-exporter", "kyverno/kyverno-admission-controller", "kube-system/aws-load-balancer-controller"])
    error_message = "these service accounts have AWS rights, no others"
  }
}

run "production_is_not_thrifty" {
  command = plan
  variables {
    settings = {
      cidr                = "10.0.0.0/16"
      nat_gateways        = 1
      system_nodes        = 2
      worker_nodes        = { min = 2, desired = 3, max = 10 }
      database            = { class = "db.t4g.medium", multi_az = false, backup_days = 35, insights = "advanced" }
      redis               = { type = "cache.t4g.small", nodes = 1 }
      replica_region      = ""
      deletion_protection = false
      log_days            = 90
      backup_days         = 90
      budget_usd          = 1800
    }
  }
  expect_failures = [var.settings]
}

run "refuses" {
  command = plan
  variables {
    environment = "test"
    people      = { reader = "arn:aws:iam::123456789012:role/reader" }
  }
  expect_failures = [var.environment, var.people]
}
