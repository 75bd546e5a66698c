# Where requests come in: names, certificates, firewall, CloudFront, and the load balancer's security group. The balancer itself is made
# by its controller from the Ingress (k8s/base/ingress).

module "dns" {
  source = "../dns"

  zone_name = var.zone_name
  domain    = var.domain
  region    = local.region
  cdn       = { domain_name = module.cdn.domain_name, hosted_zone_id = module.cdn.hosted_zone_id }
}

resource "aws_kms_key" "edge_logs" {
  region                  = "us-east-1"
  description             = "${local.name} firewall logs at the edge"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${local.account_id}:root" } },
      {
        Sid       = "Logs"
        Effect    = "Allow"
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Principal = { Service = "logs.us-east-1.amazonaws.com" }
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:${local.account_id}:log-group:aws-waf-logs-${local.name}-*" } }
      },
    ]
  })
}

module "waf_edge" {
  source = "../waf"

  name               = local.name
  scope              = "CLOUDFRONT"
  region             = "us-east-1"
  kms_key_arn        = aws_kms_key.edge_logs.arn
  log_retention_days = var.settings.log_days
}

# The load balancer has its own list: who reaches it past CloudFront, from another account's distribution, meets the same rules.
module "waf_origin" {
  source = "../waf"

  name               = local.name
  scope              = "REGIONAL"
  region             = local.region
  kms_key_arn        = module.monitoring.logs_kms_key_arn
  log_retention_days = var.settings.log_days
}

module "cdn" {
  source = "../cdn"

  name               = local.name
  domain             = var.domain
  origin_domain      = module.dns.origin_domain
  certificate_arn    = module.dns.edge_certificate_arn
  web_acl_arn        = module.waf_edge.arn
  assets_domain_name = module.s3.assets_domain_name
  logs_bucket_arn    = module.s3.arns["logs"]
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_security_group" "load_balancer" {
  name        = "${local.name}-alb"
  description = "Load balancer: in from CloudFront, out to pods"
  vpc_id      = module.vpc.vpc_id

  tags = { Name = "${local.name}-alb" }
}

# 80 only redirects.
resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = { http = 80, https = 443 }

  security_group_id = aws_security_group.load_balancer.id
  description       = "${each.key} from CloudFront"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "to pods"
  referenced_security_group_id = module.eks.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_vpc_security_group_ingress_rule" "pods" {
  security_group_id            = module.eks.node_security_group_id
  description                  = "API pods from the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}
