# What pods may do, one role for each service account that needs one. Anything not listed has no AWS rights at all.

locals {
  bucket = module.s3.arns
  s3_key = module.s3.kms_key_arn

  workloads = {
    api = {
      namespace = "ode", service_account = "ode-api"
      policy = [
        { Sid = "Documents", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], Resource = ["${local.bucket["documents"]}/*"] },
        { Sid = "Exports", Effect = "Allow", Action = ["s3:GetObject", "s3:DeleteObject"], Resource = ["${local.bucket["exports"]}/*"] },
        { Sid = "List", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [local.bucket["documents"], local.bucket["exports"]] },
        { Sid = "Key", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [local.s3_key] },
      ]
    }
    worker = {
      namespace = "ode", service_account = "ode-worker"
      policy = [
        { Sid = "Documents", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${local.bucket["documents"]}/*"] },
        { Sid = "Exports", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], Resource = ["${local.bucket["exports"]}/*"] },
        { Sid = "Fonts", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${local.bucket["fonts"]}/*"] },
        { Sid = "List", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [local.bucket["exports"], local.bucket["fonts"]] },
        { Sid = "Key", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [local.s3_key] },
      ]
    }
    secrets = {
      namespace = "external-secrets", service_account = "external-secrets"
      policy = [
        { Sid = "Read", Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = concat(values(module.secrets.arns), [module.rds.master_secret_arn, module.redis.secret_arn, aws_secretsmanager_secret.database.arn]) },
        { Sid = "Key", Effect = "Allow", Action = ["kms:Decrypt"], Resource = [module.secrets.kms_key_arn, module.rds.kms_key_arn, module.redis.kms_key_arn] },
      ]
    }
    dns = {
      namespace = "external-dns", service_account = "external-dns"
      policy = [
        { Sid = "Write", Effect = "Allow", Action = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], Resource = ["arn:aws:route53:::hostedzone/${module.dns.zone_id}"] },
        { Sid = "Find", Effect = "Allow", Action = ["route53:ListHostedZones", "route53:ListTagsForResources"], Resource = ["*"] },
      ]
    }
    certificates = {
      namespace = "cert-manager", service_account = "cert-manager"
      policy = [
        { Sid = "Prove", Effect = "Allow", Action = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], Resource = ["arn:aws:route53:::hostedzone/${module.dns.zone_id}"] },
        { Sid = "Wait", Effect = "Allow", Action = ["route53:GetChange"], Resource = ["arn:aws:route53:::change/*"] },
        { Sid = "Find", Effect = "Allow", Action = ["route53:ListHostedZonesByName"], Resource = ["*"] },
      ]
    }
    velero = {
      namespace = "velero", service_account = "velero"
      policy = [
        { Sid = "Objects", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], Resource = ["${local.bucket["backups"]}/*"] },
        { Sid = "List", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [local.bucket["backups"]] },
        { Sid = "Key", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [local.s3_key] },
        { Sid = "SeeVolumes", Effect = "Allow", Action = ["ec2:DescribeVolumes", "ec2:DescribeSnapshots"], Resource = ["*"] },
        { Sid = "Snapshot", Effect = "Allow", Action = ["ec2:CreateSnapshot", "ec2:CreateVolume", "ec2:CreateTags"], Resource = ["arn:aws:ec2:${local.region}:${local.account_id}:volume/*", "arn:aws:ec2:${local.region}::snapshot/*"] },
        { Sid = "Forget", Effect = "Allow", Action = ["ec2:DeleteSnapshot"], Resource = ["arn:aws:ec2:${local.region}::snapshot/*"], Condition = { StringLike = { "aws:ResourceTag/velero.io/backup" = "*" } } },
      ]
    }
    loki = {
      namespace = "monitoring", service_account = "loki"
      policy = [
        { Sid = "Chunks", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = ["${local.bucket["logs"]}/fake/*", "${local.bucket["logs"]}/index/*", "${local.bucket["logs"]}/loki_cluster_seed.json"] },
        { Sid = "List", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [local.bucket["logs"]] },
      ]
    }
    tempo = {
      namespace = "monitoring", service_account = "tempo"
      policy = [
        { Sid = "Traces", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging", "s3:PutObjectTagging"], Resource = ["${local.bucket["logs"]}/single-tenant/*", "${local.bucket["logs"]}/tempo_cluster_seed.json"] },
        { Sid = "List", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [local.bucket["logs"]] },
      ]
    }
    cloudwatch = {
      namespace = "monitoring", service_account = "cloudwatch-exporter"
      policy = [
        # CloudWatch knows no resource for reading metrics.
        { Sid = "Read", Effect = "Allow", Action = ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics", "tag:GetResources", "iam:ListAccountAliases"], Resource = ["*"] },
      ]
    }
    kyverno = {
      namespace = "kyverno", service_account = "kyverno-admission-controller"
      policy = [
        { Sid = "Login", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
        { Sid = "Signatures", Effect = "Allow", Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:DescribeImages"], Resource = values(module.ecr.repository_arns) },
      ]
    }
    load_balancer = {
      namespace = "kube-system", service_account = "aws-load-balancer-controller"
      policy    = local.load_balancer_policy
    }
  }
}

module "pod_role" {
  source   = "../pod-role"
  for_each = local.workloads

  cluster_name    = module.eks.cluster_name
  account_id      = local.account_id
  namespace       = each.value.namespace
  service_account = each.value.service_account
  policy          = jsonencode({ Version = "2012-10-17", Statement = each.value.policy })
}
