package io.tidemark.tests.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests to the JSON gateway and the plain pages of a fresh store, one a line: the method, the path, the body. A line that begins with {@code
 * token} shows the token that was given out last, with {@code void} one that is none.
 */
final class GatewayCases {
    private static final String KV = """
            POST /v3/kv/put {"key":"YQ==","value":"Yg=="}
            POST /v3/kv/put {"key":"YWE=","value":"4pyT4oCo","prev_kv":true}
            POST /v3/kv/put {"key":"YQ==","value":"PD4m","prev_kv":true}
            POST /v3/kv/put {"key":"AP8=","value":"AP8="}
            POST /v3/kv/put {"key":"YQ==","lease":"9"}
            POST /v3/kv/put {"value":"YQ=="}
            POST /v3/kv/range {"key":"YQ=="}
            POST /v3/kv/range {"key":"eg=="}
            POST /v3/kv/range {"key":"AA==","range_end":"AA==","limit":"1"}
            POST /v3/kv/range {"key":"AA==","rangeEnd":"AA==","count_only":true}
            POST /v3/kv/range {"key":"AA==","range_end":"AA==","keys_only":true,"sort_order":"DESCEND","sort_target":"MOD"}
            POST /v3/kv/range {"key":"YQ==","revision":"2"}
            POST /v3/kv/range {"key":"YQ==","revision":"99"}
            POST /v3/kv/range {"key":""}
            POST /v3/kv/txn {"compare":[{"key":"YQ==","target":"VALUE","value":"PD4m"}],"success":[{"request_put":{"key":"Yg==","value":"Yg=="}},{"requestRange":{"key":"YQ=="}}],"failure":[{"request_delete_range":{"key":"YQ=="}}]}
            POST /v3/kv/txn {"compare":[{"key":"YQ==","target":"VERSION","version":"7","result":"LESS"},{"key":"YQ==","target":"CREATE","create_revision":9}],"failure":[{"request_delete_range":{"key":"Yg==","prev_kv":true}},{"request_txn":{}}]}
            POST /v3/kv/txn {"success":[{}]}
            POST /v3/kv/txn {}
            POST /v3/kv/deleterange {"key":"YQ==","prev_kv":true}
            POST /v3/kv/deleterange {"key":"YQ=="}
            POST /v3/kv/compaction {"revision":"3"}
            POST /v3/kv/compaction {"revision":"3","physical":true}
            POST /v3/kv/compaction {"revision":99}
            POST /v3/kv/range {"key":"YQ==","revision":"2"}
            """;

    private static final String JSON = """
            POST /v3/kv/range
            POST /v3/kv/range {}
            POST /v3/kv/range {"key":
            POST /v3/kv/range nope
            POST /v3/kv/range {'key':'YQ=='}
            POST /v3/kv/range [1]
            POST /v3/kv/range "YQ=="
            POST /v3/kv/range null
            POST /v3/kv/range {"key":"YQ=="} and more
            POST /v3/kv/range {"key":"YQ==","unknown":{"a":[1,{}]},"other":null}
            POST /v3/kv/range {"key":"YQ==","limit":null,"serializable":null}
            POST /v3/kv/range {"key":12}
            POST /v3/kv/range {"key":"***"}
            POST /v3/kv/range {"key":"YQ"}
            POST /v3/kv/range {"key":"-_8"}
            POST /v3/kv/range {"key":{}}
            POST /v3/kv/range {"key":"YQ==","limit":"5"}
            POST /v3/kv/range {"key":"YQ==","limit":5}
            POST /v3/kv/range {"key":"YQ==","limit":5.0}
            POST /v3/kv/range {"key":"YQ==","limit":"1e1"}
            POST /v3/kv/range {"key":"YQ==","limit":1.5}
            POST /v3/kv/range {"key":"YQ==","limit":1e999999999}
            POST /v3/kv/range {"key":"YQ==","limit":" 5"}
            POST /v3/kv/range {"key":"YQ==","limit":"five"}
            POST /v3/kv/range {"key":"YQ==","limit":true}
            POST /v3/kv/range {"key":"YQ==","limit":9223372036854775807}
            POST /v3/kv/range {"key":"YQ==","limit":9223372036854775808}
            POST /v3/kv/range {"key":"YQ==","min_mod_revision":-9223372036854775808}
            POST /v3/kv/range {"key":"YQ==","serializable":true}
            POST /v3/kv/range {"key":"YQ==","serializable":"true"}
            POST /v3/kv/range {"key":"YQ==","serializable":1}
            POST /v3/kv/range {"key":"YQ==","sort_order":"DESCEND"}
            POST /v3/kv/range {"key":"YQ==","sort_order":"NOPE"}
            POST /v3/kv/range {"key":"YQ==","sort_order":"2"}
            POST /v3/kv/range {"key":"YQ==","sort_order":2,"sortTarget":4}
            POST /v3/kv/range {"key":"YQ==","sort_order":77}
            POST /v3/kv/range {"key":"YQ==","sort_order":{}}
            POST /v3/kv/range {"key":"YQ==","key":"YQ=="}
            POST /v3/kv/range {"key":"YQ==","sort_order":1,"sortOrder":1}
            POST /v3/kv/txn {"compare":{"key":"YQ=="}}
            POST /v3/kv/txn {"compare":[null]}
            POST /v3/kv/txn {"compare":[{"key":"YQ==","target":"VALUE","value":"Yg==","version":1}]}
            POST /v3/kv/txn {"success":[{"request_put":7}]}
            POST /v3/auth/user/add {"name":7}
            POST /v3/maintenance/alarm {"memberID":-1}
            POST /v3/maintenance/alarm {"memberID":"18446744073709551615","alarm":"NOSPACE"}
            POST /v3/maintenance/alarm {"memberID":"18446744073709551616"}
            """;

    private static final String ROUTES = """
            GET /v3/kv/range
            PUT /v3/kv/range {"key":"YQ=="}
            DELETE /v3/kv/range
            GET /v3/kv/nope
            POST /v3/kv/nope {}
            POST /v3/kv/range/ {"key":"YQ=="}
            POST /v3/ {}
            POST /v3/KV/Range {"key":"YQ=="}
            POST /v3beta/kv/range {"key":"YQ=="}
            POST /v3alpha/kv/range {"key":"YQ=="}
            POST /v3/kv/range?key=YQ== {}
            POST /v3/kv/rangestream {}
            """;

    private static final String LEASE = """
            POST /v3/lease/grant {"ID":"7","TTL":"100"}
            POST /v3/lease/grant {"ID":7,"TTL":100}
            POST /v3/lease/grant {"TTL":"9000000001"}
            POST /v3/kv/put {"key":"YQ==","lease":7}
            POST /v3/lease/timetolive {"ID":"7","keys":true}
            POST /v3/kv/lease/timetolive {"ID":"7"}
            POST /v3/lease/timetolive {"ID":"8"}
            POST /v3/lease/leases {}
            POST /v3/kv/lease/leases
            POST /v3/lease/keepalive {"ID":"7"}
            POST /v3/lease/keepalive {"ID":"7"}{"ID":"8"}
            POST /v3/lease/keepalive {"ID":"7"} x
            POST /v3/lease/keepalive {"ID":"x"}
            POST /v3/lease/keepalive
            GET /v3/lease/keepalive
            POST /v3/lease/revoke {"ID":"7"}
            POST /v3/kv/lease/revoke {"ID":"7"}
            """;

    private static final String LOCK = """
            POST /v3/lease/grant {"ID":"7","TTL":"100"}
            POST /v3/lock/lock {"name":"YQ==","lease":"7"}
            POST /v3/lock/lock {"name":"YQ==","lease":7}
            POST /v3/lock/lock {"name":"YQ==","lease":"8"}
            POST /v3/lock/lock {"name":7}
            POST /v3/lock/unlock {"key":"YS83"}
            POST /v3/lock/unlock {"key":"YS83"}
            POST /v3/lock/unlock {}
            GET /v3/lock/lock
            POST /v3/election/leader {"name":"ZQ=="}
            POST /v3/election/campaign {"name":"ZQ==","lease":"7","value":"bWU="}
            POST /v3/election/leader {"name":"ZQ=="}
            POST /v3/election/proclaim {"leader":{"name":"ZQ==","key":"ZS83","rev":"4","lease":"7"},"value":"bm93"}
            POST /v3/election/proclaim {"leader":{"name":"ZQ==","key":"ZS83","rev":"3","lease":"7"},"value":"bm93"}
            POST /v3/election/proclaim {}
            POST /v3/election/leader {"name":"ZQ=="}
            POST /v3/election/resign {"leader":{"name":"ZQ==","key":"ZS83","rev":"4","lease":"7"}}
            POST /v3/election/resign {}
            POST /v3/election/leader
            POST /v3/election/nope {}
            """;

    private static final String MAINTENANCE = """
            POST /v3/kv/put {"key":"YQ==","value":"Yg=="}
            POST /v3/maintenance/status {}
            POST /v3/maintenance/status
            POST /v3/maintenance/hash {}
            POST /v3/maintenance/hashkv {}
            POST /v3/maintenance/hashkv {"revision":"9"}
            POST /v3/maintenance/defragment {}
            POST /v3/maintenance/alarm {"action":"GET"}
            POST /v3/maintenance/alarm {"action":"ACTIVATE","memberID":"5","alarm":"NOSPACE"}
            POST /v3/maintenance/alarm {"action":0}
            POST /v3/kv/put {"key":"YQ=="}
            POST /v3/maintenance/alarm {"action":"DEACTIVATE","memberID":"5","alarm":"NOSPACE"}
            POST /v3/cluster/member/list {}
            """;

    private static final String AUTH = """
            POST /v3/auth/status {}
            POST /v3/auth/authenticate {"name":"root","password":"r"}
            POST /v3/auth/enable {}
            POST /v3/auth/user/add {"name":"root","password":"r"}
            POST /v3/auth/user/add {"name":"root","password":"r"}
            POST /v3/auth/user/add {"name":"ann","password":"a"}
            POST /v3/auth/user/add {"name":"ben","options":{"no_password":true}}
            POST /v3/auth/user/list {}
            POST /v3/auth/role/add {"name":"root"}
            POST /v3/auth/role/add {"name":"reader"}
            POST /v3/auth/role/grant {"name":"reader","perm":{"permType":"READ","key":"YQ==","range_end":"Yg=="}}
            POST /v3/auth/role/get {"role":"reader"}
            POST /v3/auth/role/get {"role":"writer"}
            POST /v3/auth/role/list {}
            POST /v3/auth/user/grant {"user":"root","role":"root"}
            POST /v3/auth/user/grant {"user":"ann","role":"reader"}
            POST /v3/auth/user/get {"name":"ann"}
            POST /v3/auth/enable {}
            POST /v3/auth/status {}
            POST /v3/kv/range {"key":"YQ=="}
            POST /v3/lease/keepalive {"ID":"7"}
            void POST /v3/kv/range {"key":"YQ=="}
            void POST /v3/lease/keepalive {"ID":"7"}
            POST /v3/auth/authenticate {"name":"ann","password":"wrong"}
            POST /v3/auth/authenticate {"name":"ben"}
            POST /v3/auth/authenticate {"name":"ann","password":"a"}
            token POST /v3/kv/range {"key":"YQ=="}
            token POST /v3/kv/range {"key":"eg=="}
            token POST /v3/kv/put {"key":"YQ=="}
            token POST /v3/lease/keepalive {"ID":"7"}
            token POST /v3/auth/user/list {}
            token POST /v3/maintenance/status {}
            POST /v3/auth/authenticate {"name":"root","password":"r"}
            token POST /v3/kv/put {"key":"YQ=="}
            token POST /v3/auth/user/changepw {"name":"ann","password":"b"}
            token POST /v3/auth/user/revoke {"name":"ann","role":"reader"}
            token POST /v3/auth/role/revoke {"role":"reader","key":"YQ==","range_end":"Yg=="}
            token POST /v3/auth/role/delete {"role":"reader"}
            token POST /v3/auth/user/delete {"name":"ann"}
            token POST /v3/auth/disable {}
            """;

    private static final String PAGES = """
            GET /livez
            GET /livez?verbose
            GET /readyz
            GET /readyz?verbose
            GET /readyz?exclude=linearizable_read
            GET /readyz?exclude=nope
            GET /livez/serializable_read?verbose
            GET /livez/linearizable_read
            GET /readyz/linearizable_read
            GET /readyz/linearizable_read?verbose
            GET /readyz/linearizable_read?exclude=linearizable_read
            GET /readyz/nope
            GET /readyz/
            POST /readyz {}
            PUT /livez/serializable_read {}
            GET /health
            GET /health?serializable=true
            POST /health {}
            GET /nope
            GET /
            POST /v3/maintenance/alarm {"action":"ACTIVATE","memberID":"5","alarm":"CORRUPT"}
            GET /livez
            GET /readyz
            GET /readyz?exclude=data_corruption
            GET /readyz/data_corruption
            GET /readyz/linearizable_read
            GET /health
            GET /health?exclude=CORRUPT
            """;

    private GatewayCases() {}

    /** By name. */
    static Map<String, List<String>> all() {
        Map<String, List<String>> cases = new TreeMap<>();
        cases.put("kv", KV.lines().toList());
        cases.put("json", JSON.lines().toList());
        cases.put("routes", ROUTES.lines().toList());
        cases.put("lease", LEASE.lines().toList());
        cases.put("lock", LOCK.lines().toList());
        cases.put("maintenance", MAINTENANCE.lines().toList());
        cases.put("auth", AUTH.lines().toList());
        cases.put("pages", PAGES.lines().toList());
        return cases;
    }
}
