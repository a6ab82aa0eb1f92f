using System.Buffers;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>
/// The floor: the least an HTTP server can do to give the same answers from the same database. Kestrel, one prepared statement
/// on a connection of a pool, the row's columns written straight to the response. No keys, no rights, no routing table, no
/// parameters to check, no records in between; names of tags, stages and users are read once at the start.
/// </summary>
internal sealed class FloorServer(string address)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly bool isPostgres = address.Contains("Host=", StringComparison.OrdinalIgnoreCase);
    private readonly ConcurrentBag<Session> idle = [];
    private readonly ConcurrentBag<(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)> writers = [];

    public static async Task<int> Run(string address, int port, CancellationToken ct)
    {
        if (!address.Contains("Host=", StringComparison.OrdinalIgnoreCase)) NativeSqlite.Load();
        var floor = new FloorServer(address);
        await using (var first = await floor.Open()) await FloorNames.Load(first.Connection);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(floor.Answer);
        await app.RunAsync(ct);
        return 0;
    }

    private Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        return path[1] switch
        {
            'g' => Answer(http, "get-native", long.Parse(path.AsSpan(3)), FloorNative.WriteOne),
            'l' => Answer(http, "list-native", long.Parse(path.AsSpan(3)), FloorNative.WriteList),
            'G' => Answer(http, "get-switch", isPostgres ? Guid.Parse(path.AsSpan(3)) : path[3..], FloorSwitch.WriteOne),
            'L' => AnswerSwitchList(http, Guid.Parse(path.AsSpan(3))),
            'p' => Answer(http, "get-pipedrive", long.Parse(path.AsSpan(3)), FloorPipedrive.WriteOne),
            'q' => Answer(http, "list-pipedrive", long.Parse(path.AsSpan(3)), FloorPipedrive.WriteList),
            's' => Answer(http, "search-pipedrive", $"\"{path[3..].ToLowerInvariant()}\"", (rows, json) => FloorPipedrive.WriteFound(rows, json, path.Length - 3)),
            _ => http.Response.WriteAsync("live"),
        };
    }

    private async Task Answer(HttpContext http, string statement, object key, Func<DbDataReader, Utf8JsonWriter, long> write)
    {
        var session = idle.TryTake(out var known) ? known : await Open();
        var (buffer, json) = writers.TryTake(out var kept) ? kept : New();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        long version;
        await using (var reader = await Ask(session.Commands[statement], key)) version = write(reader, json);
        idle.Add(session);
        await Send(http, buffer, json, version);
    }

    private async Task AnswerSwitchList(HttpContext http, Guid stage)
    {
        var session = idle.TryTake(out var known) ? known : await Open();
        var (buffer, json) = writers.TryTake(out var kept) ? kept : New();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        var id = FloorNames.StageOf(stage);
        long total;
        await using (var reader = await Ask(session.Commands["total"], id)) total = reader.Read() ? reader.GetInt64(0) : 0;
        await using (var reader = await Ask(session.Commands["list-switch"], id)) FloorSwitch.WriteList(reader, json, total);
        idle.Add(session);
        await Send(http, buffer, json, 0);
    }

    private ValueTask<DbDataReader> Ask(DbCommand command, object key)
    {
        command.Parameters[0].Value = key;
        return isPostgres ? new(command.ExecuteReaderAsync()) : new(command.ExecuteReader());
    }

    private async Task Send(HttpContext http, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, long version)
    {
        json.Flush();
        var response = http.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        if (version > 0) response.Headers.ETag = $"\"{version}\"";
        response.BodyWriter.Write(buffer.WrittenSpan);
        writers.Add((buffer, json));
        await response.BodyWriter.FlushAsync();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(65_536);
        return (buffer, new(buffer, Options));
    }

    private async Task<Session> Open()
    {
        DbConnection connection = isPostgres ? new NpgsqlConnection(address + ";Options=-c tributary.workspace=1") : new SqliteConnection($"Data Source={address};Pooling=False");
        await connection.OpenAsync();
        var session = new Session(connection);
        foreach (var (name, text) in FloorStatements.All.Where(statement => !isPostgres || statement.Key != "search-pipedrive"))
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            var parameter = command.CreateParameter();
            parameter.ParameterName = "key";
            parameter.Value = name == "search-pipedrive" ? "" : name == "get-switch" ? isPostgres ? Guid.Empty : "" : 0L;
            command.Parameters.Add(parameter);
            await command.PrepareAsync();
            session.Commands.Add(name, command);
        }
        return session;
    }

    private sealed class Session(DbConnection connection) : IAsyncDisposable
    {
        public DbConnection Connection => connection;
        public Dictionary<string, DbCommand> Commands { get; } = [];

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
