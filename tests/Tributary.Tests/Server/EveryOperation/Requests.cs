using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>Makes a plausible request of any declared operation: path, query and body from the declaration, ids from a world.</summary>
internal static partial class Requests
{
    private const long Nowhere = 999_999_999_999;

    /// <summary>
    /// What the declaration cannot say. By operation id; the body is what follows from the shape, with these members over it.
    /// </summary>
    private static readonly Dictionary<string, Func<World, JsonObject>> Overrides = new()
    {
        ["createFilter"] = _ => new()
        {
            ["subject"] = "deal",
            ["condition"] = new JsonObject { ["field"] = "value", ["operator"] = "is_empty" },
        },
        ["createCurrency"] = _ => new() { ["code"] = "QQQ" },
        ["setRates"] = _ => new()
        {
            ["rates"] = new JsonArray(new JsonObject { ["code"] = "USD", ["day"] = "2026-11-19", ["rate"] = 0.5 }),
        },
        ["reorderPipelines"] = world => Ids(world, "pipelines"),
        ["reorderStages"] = world => Ids(world, "stages"),
        ["reorderLostReasons"] = world => Ids(world, "lost_reasons"),
        ["reorderLabels"] = world => new() { ["subject"] = "deal", ["ids"] = Ids(world, "labels")["ids"]!.DeepClone() },
        ["createTask"] = _ => new() { ["start_datetime"] = "2026-11-20T09:30:00", ["due_datetime"] = "2026-11-20T10:30:00" },
        ["updateTask"] = _ => new() { ["start_datetime"] = "2026-11-20T09:30:00", ["due_datetime"] = "2026-11-20T10:30:00" },
        ["createAutomation"] = _ => Automation("Something"),
        ["createGoal"] = _ => new() { ["value"] = 1000, ["from"] = "2031-01-01", ["until"] = "2031-01-01" },
        ["addNote"] = world => new() { ["deal_id"] = world.All("deals")[0].Id },
        ["addLead"] = world => new() { ["person_id"] = world.All("persons")[0].Id },
        ["addFilter"] = _ => Conditions(),
        ["updateFilter"] = _ => Conditions(),
        ["mergeTag"] = world => new() { ["into"] = world.All("tags")[0].Id },
    };

    public static JsonObject Automation(string name) => new()
    {
        ["name"] = name,
        ["trigger"] = new JsonObject { ["on"] = "won" },
        ["actions"] = new JsonArray(new JsonObject { ["do"] = "set_field", ["field"] = "priority", ["value"] = "high" }),
    };

    private static JsonObject Conditions() => new()
    {
        ["conditions"] = new JsonObject
        {
            ["glue"] = "and",
            ["conditions"] =
                new JsonArray(new JsonObject
                {
                    ["glue"] = "and",
                    ["conditions"] =
                        new JsonArray(new JsonObject { ["object"] = "deal", ["field_id"] = "title", ["operator"] = "IS NOT NULL" })
                }),
        },
    };

    public static string Name(IDialect dialect, Operation route) => $"{dialect.Name} {route.Method} {route.Path}";

    /// <summary>The operations of every dialect that is registered: a new one cannot escape.</summary>
    public static IEnumerable<(IDialect Dialect, Operation Route)> All(World world) =>
        world.Dialects.SelectMany(dialect => OpenApiDocument.OperationsOf(dialect).Select(route => (dialect, route)));

    /// <summary>The address, with the ids of that world and the query given.</summary>
    public static string Address(IDialect dialect, Operation route, World ids, string? query = null)
    {
        var path = PathPart().Replace(route.Path, part => Uri.EscapeDataString(PathValue(dialect, route, ids, part)));
        var required =
            route.Parameters.Where(member => member is { In: "query", IsRequired: true } && query?.StartsWith(member.Name + "=",
                StringComparison.Ordinal) != true)
            .Select(member => $"{member.Name}={Uri.EscapeDataString(Text(Valid(member.Name, member.Schema(), ids)))}");
        var all = string.Join('&', required.Append(query).Where(part => !string.IsNullOrEmpty(part)));
        return dialect.Prefix + path + (all.Length == 0 ? "" : "?" + all);
    }

    /// <summary>Every operation that reads a JSON body of somebody it knows.</summary>
    public static IEnumerable<(IDialect Dialect, Operation Route)> WithBody(World world) =>
        All(world).Where(one => one.Route is { IsAnonymous: false, Body: not null, BodyType: "application/json" });

    public static JsonObject Body(Operation route, World world)
    {
        var body = new JsonObject();
        foreach (var member in route.Body!.Members.Where(member => member.IsRequired))
        {
            body[member.Name] = Valid(member.Name, member.Schema(), world);
        }
        if (Overrides.TryGetValue(route.AliasOf ?? route.Id, out var over))
        {
            // Two dialects may call different operations by one id.
            foreach (var (name, value) in over(world).Where(member => route.Body!.Takes(member.Key))) body[name] = value?.DeepClone();
        }
        return body;
    }

    public static HttpRequestMessage Make(IDialect dialect, Operation route, World world, World? pathIds = null, string? query = null,
        JsonObject? body = null)
    {
        var request = new HttpRequestMessage(new(route.Method), Address(dialect, route, pathIds ?? world, query));
        if (route.BodyType == "multipart/form-data")
        {
            request.Content = new MultipartFormDataContent { { new ByteArrayContent("x"u8.ToArray()), "file", "x.txt" } };
        }
        else if (route.Body is not null) request.Content = Content.Json((body ?? Body(route, world)).ToJsonString());
        return request;
    }

    /// <summary>A value that the schema takes.</summary>
    public static JsonNode? Valid(string name, JsonObject schema, World world)
    {
        if (schema["enum"] is JsonArray { Count: > 0 } words) return words[0]!.DeepClone();
        switch (TypeOf(schema))
        {
            case "integer" when Table(name) is { } table:
                return world.Newest(table)?.Id ?? Nowhere;
            case "integer" or "number":
                return schema["minimum"]?.DeepClone() ?? 1;
            case "boolean":
                return true;
            case "array":
                return new JsonArray(Valid(name, (JsonObject)schema["items"]!, world));
            case "object":
                var inner = new JsonObject();
                foreach (var required in schema["required"] as JsonArray ?? [])
                {
                    inner[(string)required!] = Valid((string)required!, (JsonObject)schema["properties"]![(string)required!]!, world);
                }
                return inner;
            default:
                return (string?)schema["format"] switch
                {
                    "uuid" => Table(name) is { } table && world.Newest(table) is { } row ? row.Uid.ToString("D")
                        : "0197f000-0000-7000-8000-000000000000",
                    "date" => "2026-11-19",
                    "date-time" => "2026-12-01T09:30:00Z",
                    _ when name.Contains("email", StringComparison.Ordinal) => "someone@some.test",
                    _ when name is "field" => "title",
                    _ when name.Contains("currency", StringComparison.Ordinal) || name is "code" or "from" or "to" => "EUR",
                    _ when Table(name) is { } table && Prefix(table) is { } prefix && world.Newest(table) is { } row =>
                        prefix + UidText.ToBase32(row.Uid),
                    _ => "Something",
                };
        }
    }

    public static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => (string?)types[0],
        JsonValue type => type.GetValue<string>(),
        _ => null,
    };

    /// <summary>The table that a member such as "owner_id" or "label_ids" names records of; none when it names none.</summary>
    public static string? Table(string member)
    {
        var noun = member.EndsWith("_ids", StringComparison.Ordinal) ? member[..^4] : member.EndsWith("_id", StringComparison.Ordinal)
            ? member[..^3] : member;
        return noun switch
        {
            "move_to" or "deal_current_stage" => "stages",
            "into" => "tags",
            "cstid" => "organizations",
            _ when noun == member => null,
            "owner" or "user" or "assignee" or "creator" or "deal_owner" or "follower" or "assigned_to" => "users",
            "org" or "organization" or "customer" or "company" or "account" => "organizations",
            "person" or "contact" or "participant" or "primary_contact" => "persons",
            "group" or "parent" => "user_groups",
            "activity" => "activities",
            _ => noun + "s",
        };
    }

    private static string PathValue(IDialect dialect, Operation route, World ids, Match part)
    {
        var name = part.Groups[1].Value.Split(':')[0];
        if (name is "code") return "EUR";
        var member = route.Parameters.FirstOrDefault(member => member.In == "path" && member.Name == name);
        var segment = route.Path[..part.Index].Trim('/').Split('/')[^1];
        var row = ids.Newest(segment == "contacts" && dialect.Name == "automatenexus" ? "persons" : TableOf(segment)) ?? new()
        {
            Id = Nowhere,
            Uid = new("0197f000-0000-7000-8000-000000000000"),
        };
        var reading = route.Reading ?? dialect.Reading;
        return (member is null ? null : Spelled(member, reading, row))
            ?? (member?.Takes("2026-11-19", reading) == true ? "2026-11-19" : row.Id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The record's id as this member takes it, read that way; none when it takes no id.</summary>
    public static string? Spelled(Member member, ReadingPolicy reading, World.Row row)
    {
        IEnumerable<string> spellings =
        [
            row.Id.ToString(CultureInfo.InvariantCulture), row.Uid.ToString("D"),
            .. new[] { "deal_", "pipe_", "stage_", "con_", "usr_", "task_", "tsk_", "act_",
                "wh_" }.Select(prefix => prefix + UidText.ToBase32(row.Uid)),
            "deal_" + UidText.ToUlid(row.Uid), .. new[] { "acc-", "con-", "usr-", "tsk-" }.Select(prefix => prefix + row.Uid.ToString("D")),
        ];
        return spellings.FirstOrDefault(text => member.Takes(text, reading));
    }

    private static string TableOf(string segment) => segment switch
    {
        "groups" => "user_groups",
        "keys" => "api_keys",
        "contacts" => "organizations",
        "tasks" => "activities",
        "mail" => "mail_messages",
        "options" => "fields",
        _ => segment.Replace('-', '_'),
    };

    /// <summary>Where ids are texts (AutomateNexus): what stands before the uid.</summary>
    private static string? Prefix(string table) => table switch
    {
        "deals" => "deal_",
        "pipelines" => "pipe_",
        "stages" => "stage_",
        "users" => "usr_",
        "persons" or "organizations" => "con_",
        _ => null,
    };

    private static JsonObject Ids(World world, string table) =>
        new() { ["ids"] = new JsonArray([.. world.All(table).Select(row => (JsonNode)row.Id)]) };

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray list => string.Join(',', list.Select(Text)),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        _ => value?.ToJsonString() ?? "",
    };

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex PathPart();
}
