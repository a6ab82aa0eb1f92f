using System.Text.Json;
using Microsoft.Playwright;

namespace Tributary.Tests.Browser;

/// <summary>What makes a screen a nuisance on a phone: what stands beyond its edge, and what is too small for a finger.</summary>
internal static class Phone
{
    /// <summary>
    /// Neither the page nor a table in it scrolls sideways, and what is touched is 44 pixels wide and high (WCAG 2.5.5; links within
    /// sentences are excepted there).
    /// </summary>
    public static async Task MustFit(IPage page)
    {
        var found = await page.EvaluateAsync<JsonElement>("""
            () => {
                const found = [];
                const shown = element => element.getClientRects().length > 0 && !element.closest('[aria-hidden=true], .visually-hidden');
                if (document.scrollingElement.scrollWidth > innerWidth) found.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
                for (const element of document.querySelectorAll('main *, [role=dialog] *')) {
                    if (!/auto|scroll/.test(getComputedStyle(element).overflowX)) continue;
                    // Of data in two dimensions the sense is in the lines and columns (WCAG 1.4.10).
                    if (element.matches('pre, code, textarea, [role=toolbar], :has(> [role=grid]), [role=grid]')) continue;
                    const { tagName, scrollWidth, clientWidth } = element;
                    if (shown(element) && scrollWidth > clientWidth + 1)
                        found.push(`${tagName} ${element.getAttribute('aria-label') ?? ''} scrolls: ${scrollWidth} in ${clientWidth}`);
                }
                const within = document.querySelector('[role=dialog]') ?? document.querySelector('main');
                for (const element of within.querySelectorAll('button, input:not([type=hidden]), textarea, [role=tab]')) {
                    // The line with its words is what is touched of a box or a switch, the frame of what is typed into.
                    const whole = element.matches('[type=checkbox], [type=radio]')
                        ? element.closest('.mantine-Checkbox-body, .mantine-Switch-root, .mantine-SegmentedControl-control, .mantine-Chip-root')
                        : element.matches('input') ? element.closest('.mantine-Input-wrapper') : element;
                    const target = whole ?? element;
                    if ((!shown(element) && !shown(target)) || element.closest('[role=grid]')) continue;
                    const track = target.querySelector('.mantine-Switch-track');
                    const { width, height } = target.getBoundingClientRect();
                    const more = track ? 24 : 0;
                    if (width < 43.5 || height + more < 43.5)
                        found.push(`${element.getAttribute('aria-label') ?? element.textContent} is ${width} × ${height}`);
                }
                return found;
            }
            """);
        var faults = found.EnumerateArray().Select(one => one.GetString()).Distinct().ToList();
        Assert.True(faults.Count == 0, $"{page.Url}\n  {string.Join("\n  ", faults)}");
    }
}
