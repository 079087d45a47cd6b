/** What builds pictures: the first command of the README, its screenshots, and the icons. */
package sc.fiji.diffusion.demo;
