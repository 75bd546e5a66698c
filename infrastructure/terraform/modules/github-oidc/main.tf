# What GitHub Actions may do here, without long-lived keys: a token that names this repository and this environment is exchanged for a
# role that pushes images and publishes assets, for an hour. It cannot reach the cluster: Argo CD pulls.

resource "aws_iam_role" "deploy" {
  name                 = "${var.name}-github-deploy"
  description          = "GitHub Actions of ${var.repository}, environment ${var.github_environment}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.provider_arn }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:${var.repository}:environment:${var.github_environment}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # A login token is for the whole registry: the call knows no resource.
      { Sid = "Login", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" },
      {
        Sid    = "Images"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages", "ecr:DescribeImageScanFindings",
          "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = var.ecr_repository_arns
      },
      { Sid = "Assets", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["${var.assets_bucket_arn}/assets/*", "${var.assets_bucket_arn}/releases/*"] },
      { Sid = "AssetsList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [var.assets_bucket_arn] },
      { Sid = "AssetsKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [var.assets_kms_key_arn] },
      { Sid = "Switch", Effect = "Allow", Action = ["cloudfront-keyvaluestore:DescribeKeyValueStore", "cloudfront-keyvaluestore:GetKey", "cloudfront-keyvaluestore:PutKey"], Resource = [var.releases_store_arn] },
    ]
  })
}
