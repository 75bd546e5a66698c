#!/usr/bin/env python3
"""Writes the five dashboards from the table below. usage: make.py [--check]. A panel is (title, unit, [(legend, query), …]); Grafana's JSON
around it is always the same, so it is made and not kept by hand. Tests run every query against a real Prometheus."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
API, WORKER = 'job="ode-api"', 'job="ode-worker"'

DASHBOARDS = {
    'service': ('ODE: service', [
        ('Processes that answer', 'short', [('{{job}}', 'sum by (job) (up{job=~"ode-.*"})')]),
        ('Requests a second', 'reqps', [('{{status}}', f'sum by (status) (rate(ode_http_request_seconds_count{{{API}}}[5m]))')]),
        ('Share of errors', 'percentunit', [('5xx', f'(sum(rate(ode_http_request_seconds_count{{{API},status="5xx"}}[5m])) or vector(0)) / sum(rate(ode_http_request_seconds_count{{{API}}}[5m]))')]),
        ('Health check, 99th percentile', 's', [('/healthz', f'histogram_quantile(0.99, sum by (le) (rate(ode_http_request_seconds_bucket{{{API},route="/healthz"}}[5m])))')]),
        ('Jobs waiting or in flight', 'short', [('depth', f'max(ode_queue_depth{{{API}}})')]),
        ('Oldest waiting job', 's', [('age', f'max(ode_queue_oldest_seconds{{{API}}})')]),
        ('Versions', 'short', [('{{version}}', 'count by (version) (ode_build_info)')]),
    ]),
    'database': ('ODE: database and queue', [
        ('Connections', 'short', [('{{state}}', 'sum by (state) (pg_stat_activity_count{datname="ode"})'), ('allowed', 'max(pg_settings_max_connections)')]),
        ('Transactions a second', 'ops', [('committed', 'sum(rate(pg_stat_database_xact_commit{datname="ode"}[5m]))'), ('rolled back', 'sum(rate(pg_stat_database_xact_rollback{datname="ode"}[5m]))')]),
        ('Longest transaction', 's', [('age', 'max(pg_stat_activity_max_tx_duration{datname="ode"})')]),
        ('Deadlocks', 'short', [('deadlocks', 'sum(increase(pg_stat_database_deadlocks{datname="ode"}[1h]))')]),
        ('Size', 'bytes', [('ode', 'max(pg_database_size_bytes{datname="ode"})')]),
        ('Free storage', 'bytes', [('free', 'min(aws_rds_free_storage_space_minimum)')]),
        ('CPU credits', 'short', [('credits', 'min(aws_rds_cpucredit_balance_minimum)')]),
        ('Queue memory', 'bytes', [('{{instance}}', 'redis_memory_used_bytes')]),
        ('Queue commands a second', 'ops', [('commands', 'sum(rate(redis_commands_processed_total[5m]))')]),
        ('Queue clients', 'short', [('clients', 'sum(redis_connected_clients)')]),
    ]),
    'api': ('ODE: API', [
        ('Requests a second by route', 'reqps', [('{{route}}', f'sum by (route) (rate(ode_http_request_seconds_count{{{API}}}[5m]))')]),
        ('Latency', 's', [(f'p{q}', f'histogram_quantile(0.{q}, sum by (le) (rate(ode_http_request_seconds_bucket{{{API}}}[5m])))') for q in (50, 95, 99)]),
        ('Latency by route, 95th percentile', 's', [('{{route}}', f'histogram_quantile(0.95, sum by (le, route) (rate(ode_http_request_seconds_bucket{{{API}}}[5m])))')]),
        ('Answers by status', 'reqps', [('{{status}}', f'sum by (status) (rate(ode_http_request_seconds_count{{{API}}}[5m]))')]),
        ('Load balancer errors', 'short', [('5xx', 'sum(aws_applicationelb_httpcode_elb_5_xx_count_sum)')]),
        ('Requests a minute and pod (scales at 500)', 'short', [('requests', f'60 * sum(rate(ode_http_request_seconds_count{{{API}}}[1m])) / count(up{{{API}}} == 1)')]),
    ]),
    'jobs': ('ODE: jobs and documents', [
        ('Jobs by state', 'short', [('{{state}}', f'max by (state) (ode_jobs{{{API}}})')]),
        ('Jobs created a second', 'ops', [('{{target}}', 'sum by (target) (rate(ode_jobs_created_total[5m]))')]),
        ('Jobs ended a second', 'ops', [('{{state}}', 'sum by (state) (rate(ode_jobs_finished_total[5m]))')]),
        ('Waiting for a worker', 's', [(f'p{q}', f'histogram_quantile(0.{q}, sum by (le) (rate(ode_job_wait_seconds_bucket[5m])))') for q in (50, 95)]),
        ('Converting, 95th percentile', 's', [('{{target}}', 'histogram_quantile(0.95, sum by (le, target) (rate(ode_job_seconds_bucket[5m])))')]),
        ('Queue depth and workers', 'short', [('depth', f'max(ode_queue_depth{{{API}}})'), ('busy children', 'sum(ode_workers_busy)')]),
        ('Not yet told to the queue', 'short', [('outbox', f'max(ode_outbox_lag{{{API}}})')]),
    ]),
    'resources': ('ODE: resources', [
        ('CPU by pod', 'short', [('{{pod}}', 'sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="ode",container!=""}[5m]))')]),
        ('Memory by pod', 'bytes', [('{{pod}}', 'sum by (pod) (container_memory_working_set_bytes{namespace="ode",container!=""})')]),
        ('Node CPU', 'percentunit', [('{{instance}}', '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))')]),
        ('Node memory free', 'percentunit', [('{{instance}}', 'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes')]),
        ('Node disk free', 'percentunit', [('{{instance}}', 'min by (instance) (node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"})')]),
        ('Pods by phase', 'short', [('{{phase}}', 'sum by (phase) (kube_pod_status_phase{namespace="ode"})')]),
        ('Replicas', 'short', [('{{horizontalpodautoscaler}}', 'max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{namespace="ode"})')]),
        ('Restarts', 'short', [('{{pod}}', 'sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace="ode"}[1h]))')]),
    ]),
}


def panel(index, title, unit, queries):
    return {
        'id': index + 1, 'title': title, 'type': 'timeseries', 'datasource': {'type': 'prometheus', 'uid': 'prometheus'},
        'gridPos': {'h': 8, 'w': 12, 'x': 12 * (index % 2), 'y': 8 * (index // 2)},
        'fieldConfig': {'defaults': {'unit': unit, 'min': 0}, 'overrides': []},
        'options': {'legend': {'displayMode': 'list', 'placement': 'bottom'}, 'tooltip': {'mode': 'multi', 'sort': 'desc'}},
        'targets': [{'refId': chr(65 + i), 'expr': query, 'legendFormat': legend} for i, (legend, query) in enumerate(queries)],
    }


def dashboard(name):
    title, panels = DASHBOARDS[name]
    return {
        'uid': f'ode-{name}', 'title': title, 'tags': ['ode'], 'timezone': 'utc', 'schemaVersion': 39, 'version': 1, 'refresh': '30s',
        'time': {'from': 'now-3h', 'to': 'now'}, 'panels': [panel(i, *p) for i, p in enumerate(panels)],
    }


def main():
    for name in DASHBOARDS:
        path, text = HERE / f'{name}.json', json.dumps(dashboard(name), indent=1) + '\n'
        if '--check' in sys.argv:
            if not path.exists() or path.read_text() != text:
                sys.exit(f'{path.name} is stale: run infrastructure/monitoring/dashboards/make.py')
        else:
            path.write_text(text)


if __name__ == '__main__':
    main()
