mock_provider "aws" {}

variables {
  name               = "ode-test"
  cidr               = "10.20.0.0/16"
  availability_zones = ["us-east-1a", "us-east-1b", "us-east-1c"]
  nat_gateways       = 3
  region             = "us-east-1"
  account_id         = "123456789012"
}

run "three_tiers_in_three_zones" {
  command = plan

  assert {
    condition     = [for z in var.availability_zones : aws_subnet.private[z].cidr_block] == ["10.20.1.0/24", "10.20.2.0/24", "10.20.3.0/24"]
    error_message = "private subnets are .1 to .3"
  }
  assert {
    condition     = [for z in var.availability_zones : aws_subnet.public[z].cidr_block] == ["10.20.101.0/24", "10.20.102.0/24", "10.20.103.0/24"]
    error_message = "public subnets are .101 to .103"
  }
  assert {
    condition     = [for z in var.availability_zones : aws_subnet.isolated[z].cidr_block] == ["10.20.201.0/24", "10.20.202.0/24", "10.20.203.0/24"]
    error_message = "isolated subnets are .201 to .203"
  }
  assert {
    condition     = alltrue([for s in concat(values(aws_subnet.private), values(aws_subnet.public), values(aws_subnet.isolated)) : s.map_public_ip_on_launch != true])
    error_message = "no subnet gives public addresses by itself"
  }
  assert {
    condition     = aws_vpc.this.enable_dns_hostnames && aws_vpc.this.enable_dns_support
    error_message = "endpoints and databases are found by name"
  }
}

run "nat_in_each_zone" {
  # The mocks give each gateway its own id, so that the routes can be followed.
  command = apply

  assert {
    condition     = alltrue([for z in var.availability_zones : aws_route.private_nat[z].nat_gateway_id == aws_nat_gateway.this[z].id])
    error_message = "a zone's private subnet leaves through its own zone's gateway"
  }
  assert {
    condition     = alltrue([for z in var.availability_zones : aws_nat_gateway.this[z].subnet_id == aws_subnet.public[z].id])
    error_message = "a gateway stands in the public subnet of its zone"
  }
  assert {
    condition     = alltrue([for z in var.availability_zones : aws_route_table_association.isolated[z].route_table_id == aws_route_table.isolated.id])
    error_message = "isolated subnets have the isolated table"
  }
  assert {
    condition     = !contains(concat([aws_route.public_internet.route_table_id], [for r in aws_route.private_nat : r.route_table_id]), aws_route_table.isolated.id)
    error_message = "no route leads out of the isolated table"
  }
  assert {
    condition     = length(aws_route_table.isolated.route) == 0
    error_message = "the isolated table has no inline route"
  }
  assert {
    condition     = !contains(tolist(aws_vpc_endpoint.s3.route_table_ids), aws_route_table.isolated.id)
    error_message = "the data tier reaches no S3"
  }
}

run "one_nat_where_it_may_stand_still" {
  command = apply

  variables {
    nat_gateways = 1
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["us-east-1a"]
    error_message = "one gateway"
  }
  assert {
    condition     = alltrue([for z in var.availability_zones : aws_route.private_nat[z].nat_gateway_id == aws_nat_gateway.this["us-east-1a"].id])
    error_message = "all zones leave through it"
  }
}

run "flows_are_logged_encrypted" {
  command = apply

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_flow_log.this.log_destination == aws_cloudwatch_log_group.flow.arn
    error_message = "all flows go to the log group"
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow.kms_key_id == aws_kms_key.flow_logs.arn && aws_cloudwatch_log_group.flow.retention_in_days == 90
    error_message = "the log group is encrypted and forgets"
  }
  assert {
    condition     = aws_kms_key.flow_logs.enable_key_rotation
    error_message = "keys rotate"
  }
  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "the default group admits nothing"
  }
}

run "refuses_a_small_network" {
  command = plan
  variables {
    cidr = "10.20.0.0/20"
  }
  expect_failures = [var.cidr]
}

run "refuses_two_zones" {
  command = plan
  variables {
    availability_zones = ["us-east-1a", "us-east-1b"]
  }
  expect_failures = [var.availability_zones]
}

run "refuses_two_gateways" {
  command = plan
  variables {
    nat_gateways = 2
  }
  expect_failures = [var.nat_gateways]
}

run "refuses_odd_names_accounts_and_retentions" {
  command = plan
  variables {
    name                    = "ODE!"
    account_id              = "12345"
    flow_log_retention_days = 8
  }
  expect_failures = [var.name, var.account_id, var.flow_log_retention_days]
}
