# What the load balancer controller may do: look at anything, make what it tags as this cluster's, and change or delete only that.

locals {
  elb        = "arn:aws:elasticloadbalancing:${local.region}:${local.account_id}"
  of_cluster = { StringEquals = { "aws:ResourceTag/elbv2.k8s.aws/cluster" = local.name } }
  to_cluster = { StringEquals = { "aws:RequestTag/elbv2.k8s.aws/cluster" = local.name } }
  balancers  = ["${local.elb}:loadbalancer/app/*/*", "${local.elb}:targetgroup/*/*"]
  listeners  = ["${local.elb}:listener/app/*/*/*", "${local.elb}:listener-rule/app/*/*/*/*"]

  load_balancer_policy = [
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAvailabilityZones", "ec2:DescribeCoipPools", "ec2:DescribeInstances", "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeCapacityReservation", "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies", "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:DescribeTrustStores", "acm:DescribeCertificate", "acm:ListCertificates", "wafv2:GetWebACLForResource",
      ]
      Resource = ["*"]
    },
    { Sid = "Firewall", Effect = "Allow", Action = ["wafv2:GetWebACL", "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"], Resource = ["arn:aws:wafv2:${local.region}:${local.account_id}:regional/webacl/${local.name}-regional/*"] },
    { Sid = "FirewallOnBalancer", Effect = "Allow", Action = ["elasticloadbalancing:SetWebAcl"], Resource = ["${local.elb}:loadbalancer/app/*/*"] },
    { Sid = "Make", Effect = "Allow", Action = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"], Resource = local.balancers, Condition = local.to_cluster },
    { Sid = "MakeListeners", Effect = "Allow", Action = ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule"], Resource = concat(["${local.elb}:loadbalancer/app/*/*"], local.listeners), Condition = local.of_cluster },
    { Sid = "TagNew", Effect = "Allow", Action = ["elasticloadbalancing:AddTags"], Resource = concat(local.balancers, local.listeners), Condition = { StringEquals = { "elasticloadbalancing:CreateAction" = ["CreateTargetGroup", "CreateLoadBalancer", "CreateListener", "CreateRule"], "aws:RequestTag/elbv2.k8s.aws/cluster" = local.name } } },
    { Sid = "TagOwn", Effect = "Allow", Action = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], Resource = concat(local.balancers, local.listeners), Condition = local.of_cluster },
    {
      Sid    = "ChangeOwn"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes", "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
      ]
      Resource  = local.balancers
      Condition = local.of_cluster
    },
    {
      Sid    = "ChangeOwnListeners"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:RemoveListenerCertificates", "elasticloadbalancing:SetRulePriorities",
      ]
      Resource  = local.listeners
      Condition = local.of_cluster
    },
    { Sid = "Targets", Effect = "Allow", Action = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"], Resource = ["${local.elb}:targetgroup/*/*"] },
  ]
}
