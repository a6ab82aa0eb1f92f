using System.Text.Json;
using Microsoft.Playwright;

namespace Tributary.Tests.Browser;

/// <summary>Asks axe-core what keeps people from using the page.</summary>
internal static class Axe
{
    /// <summary>The page, or the part of it that a selector names, has no finding that axe calls serious or critical.</summary>
    public static async Task MustBeUsable(IPage page, string within = "html")
    {
        // What is still fading in has not its contrast yet.
        await page.WaitForFunctionAsync(
            "() => document.getAnimations().every(one => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity)");
        await page.EvaluateAsync(await File.ReadAllTextAsync(WebServer.AxeScript));
        var json = await page.EvaluateAsync<JsonElement>("""
            async within => (await axe.run(document.querySelector(within), { resultTypes: ['violations'] })).violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => ({ id: one.id, help: one.help, where: one.nodes.slice(0, 4).map(node => node.html.slice(0, 160) + ' — ' + (node.any[0]?.message ?? node.all[0]?.message ?? '')) }))
            """, within);
        var findings = json.EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("id")}: {one.GetProperty("help")}\n  {string.Join("\n  ", one.GetProperty("where").EnumerateArray())}")
                .ToList();
        Assert.True(findings.Count == 0, $"{page.Url}\n{string.Join("\n", findings)}");
    }
}
