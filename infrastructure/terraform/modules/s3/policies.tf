# Who may reach the buckets. Workloads' rights are in their roles (modules/platform); here are TLS, CloudFront and log delivery.

locals {
  tls_only = {
    for kind in local.all : kind => {
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [local.arns[kind], "${local.arns[kind]}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }
  }
  extra = {
    documents = []
    exports   = []
    fonts     = []
    backups   = []
    assets = [{
      Sid       = "CloudFrontReads"
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Resource  = ["${local.arns["assets"]}/*"]
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:cloudfront::${var.account_id}:distribution/*" }
        StringEquals = { "aws:SourceAccount" = var.account_id }
      }
    }]
    logs = [
      {
        Sid       = "AccessLogs"
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Resource  = ["${local.arns["logs"]}/s3/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "LoadBalancerLogs"
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Resource  = [for prefix in var.load_balancer_log_prefixes : "${local.arns["logs"]}/${prefix}/AWSLogs/${var.account_id}/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "CloudTrailLooks"
        Effect    = "Allow"
        Action    = "s3:GetBucketAcl"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Resource  = [local.arns["logs"]]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "CloudTrailWrites"
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Resource  = ["${local.arns["logs"]}/cloudtrail/AWSLogs/${var.account_id}/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "CloudFrontLogs"
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Resource  = ["${local.arns["logs"]}/cloudfront/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
    ]
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.all

  bucket = aws_s3_bucket.this[each.key].id
  # Encoded one by one: statements differ in shape, and a list has one shape.
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[${join(",", concat([jsonencode(local.tls_only[each.key])], [for statement in local.extra[each.key] : jsonencode(statement)]))}]}"

  depends_on = [aws_s3_bucket_public_access_block.this]
}
