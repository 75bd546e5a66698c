# Buckets: documents, exports, fonts, assets, backups, logs. All are private, versioned, logged, encrypted by our key, and refuse anything
# but TLS. The logs bucket is the exception that AWS demands: log delivery knows no customer key, so it has S3's own encryption, and it
# does not log itself.

locals {
  # Bucket names are the world's: the account makes them ours.
  names     = { for kind in ["documents", "exports", "fonts", "assets", "backups", "logs"] : kind => "${var.name}-${kind}-${var.account_id}" }
  keyed     = toset(["documents", "exports", "fonts", "assets", "backups"])
  all       = setunion(local.keyed, ["logs"])
  copied    = var.replica_region == "" ? toset([]) : toset(["documents", "fonts", "backups"])
  arns      = { for kind, name in local.names : kind => "arn:aws:s3:::${name}" }
  copy_name = { for kind, name in local.names : kind => "${name}-copy" }
}

resource "aws_kms_key" "this" {
  description             = "${var.name} buckets"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${var.account_id}:root" } },
      {
        Sid       = "AssetsThroughCloudFront"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "*"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:aws:cloudfront::${var.account_id}:distribution/*" }
          StringEquals = { "aws:SourceAccount" = var.account_id }
        }
      },
    ]
  })
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}-s3"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_s3_bucket" "this" {
  for_each = local.all

  bucket        = local.names[each.key]
  force_destroy = var.force_destroy

  tags = each.key == "documents" ? { Backup = "replicated" } : {}
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.all

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.all

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = local.all

  bucket = aws_s3_bucket.this[each.key].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "keyed" {
  for_each = local.keyed

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.this["logs"].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_logging" "this" {
  for_each = local.keyed

  bucket        = aws_s3_bucket.this[each.key].id
  target_bucket = aws_s3_bucket.this["logs"].id
  target_prefix = "s3/${each.key}/"
}

resource "aws_s3_bucket_cors_configuration" "documents" {
  count = length(var.upload_origins) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this["documents"].id

  cors_rule {
    allowed_methods = ["PUT"]
    allowed_origins = var.upload_origins
    allowed_headers = ["content-type", "content-md5", "x-amz-*"]
    expose_headers  = ["ETag"]
    max_age_seconds = 3600
  }
}
