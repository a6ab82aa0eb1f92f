using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tributary.Tests.Server.Webhooks;

/// <summary>What arrived at a receiver.</summary>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A receiver of webhooks on this machine; it answers what the test tells it to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public List<Received> Had { get; } = [];

    /// <summary>While more may arrive.</summary>
    public int Count
    {
        get
        {
            lock (Had) return Had.Count;
        }
    }

    public Func<HttpContext, Task> Answer { get; set; } = http => http.Response.WriteAsync("thanks");

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    public IReadOnlyList<Received> All()
    {
        lock (Had) return [.. Had];
    }

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        lock (Had) Had.Add(
            new(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase), body.ToArray()));
        await Answer(http);
    }
}
