/** Every coefficient of the sizing model by name; a messenger's `profile` may override any of them. */
export const coefficientNames = [
  "dau_mau", "conc_dau", "msg_dau", "fanout_chat", "media_downloads", "peak_avg", "event_mult", "surge_signup", "surge_hour",
  "surge_users", "bw_elasticity", "c_idle", "c_in", "c_out", "u_target", "u_degraded", "conn_node", "mem_conn", "mem_tls",
  "tls_full", "tls_resume", "reconnect_s", "stack_eff_A", "stack_eff_B", "stack_eff_C", "app_a", "app_b", "db_ops_core",
  "ops_msg", "msg_bytes", "rf", "db_fill", "ec_shards", "ec_parity", "obj_threads", "mem_app", "mem_db", "mem_obj", "mem_relay",
  "obj_fill", "share_photo", "share_video", "share_voice", "size_photo", "size_video", "size_voice", "media_days",
  "message_days", "calls_dau", "call_min", "call_relay", "call_kbps", "sfu_pps", "nic_util",
] as const;

/** The name of a coefficient. */
export type CoefficientName = (typeof coefficientNames)[number];
